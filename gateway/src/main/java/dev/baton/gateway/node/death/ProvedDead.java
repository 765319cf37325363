package dev.baton.gateway.node.death;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses whose last known life is proved to be over, until the cluster has removed it.
 *
 * <p>One set for the JVM: Akka makes failure detectors by their class name and hands them nothing of the node.
 */
final class ProvedDead {
    private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

    private ProvedDead() {}

    static void add(String address) {
        ADDRESSES.add(address);
    }

    /** Whoever comes to this address now is another life. */
    static void remove(String address) {
        ADDRESSES.remove(address);
    }

    static boolean contains(String address) {
        return ADDRESSES.contains(address);
    }
}
