package dev.baton.gateway.cluster;

import dev.baton.runner.takeover.SweepListener;

/** Whether the cluster's sweeper stands on this node. */
public final class SweeperPlace implements SweepListener {
    private volatile boolean here;

    public boolean isHere() {
        return here;
    }

    @Override
    public void standsHere(boolean isHere) {
        here = isHere;
    }

    @Override
    public void swept(int orphans) {}

    @Override
    public void failed() {}
}
