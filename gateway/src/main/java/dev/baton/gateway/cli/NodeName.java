package dev.baton.gateway.cli;

/** How people call a node. */
final class NodeName {

    private NodeName() {}

    /** {@code host:port} of an address or a node's id. */
    static String of(String address) {
        return address.substring(address.indexOf('@') + 1).replaceFirst("#.*", "");
    }
}
