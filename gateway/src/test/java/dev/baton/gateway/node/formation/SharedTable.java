package dev.baton.gateway.node.formation;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeTable;
import dev.baton.persistence.membership.Presence;
import dev.baton.persistence.schema.DatabaseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes of a database that is a map, on which no time passes. It is away as long as it is told to be. */
final class SharedTable implements NodeTable {
    private final Map<String, Presence> nodes = new TreeMap<>();
    private Optional<NodeId> founder = Optional.empty();
    private long formation;
    private int failures;

    /** The next {@code count} reads fail. */
    synchronized void fail(int count) {
        failures = count;
    }

    @Override
    public synchronized void register(Presence self) {
        nodes.put(self.node().address(), self);
    }

    @Override
    public synchronized boolean refresh(Presence self) {
        Presence there = nodes.computeIfAbsent(self.node().address(), address -> self);
        if (!there.node().equals(self.node())) {
            return false;
        }
        nodes.put(self.node().address(), self);
        return true;
    }

    @Override
    public synchronized void remove(NodeId life) {
        nodes.values().removeIf(presence -> presence.node().equals(life));
    }

    @Override
    public synchronized Nodes read() {
        if (failures > 0) {
            failures--;
            throw new DatabaseException("cannot read the nodes: away", null);
        }
        return new Nodes(
                formation,
                nodes.values().stream()
                        .map(presence -> new NodeRow(
                                presence,
                                founder.filter(presence.node()::equals).isPresent(),
                                Rows.START,
                                Rows.START,
                                Rows.START))
                        .toList());
    }

    @Override
    public synchronized boolean form(NodeId self, long after) {
        if (formation != after) {
            return false;
        }
        formation++;
        founder = Optional.of(self);
        return true;
    }
}
