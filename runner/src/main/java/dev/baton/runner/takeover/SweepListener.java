package dev.baton.runner.takeover;

/** Hears what the cluster's sweeper does while it stands on this node. Called by an actor, so it must neither block nor throw. */
public interface SweepListener {

    /** The sweeper came to this node, or went from it. */
    void standsHere(boolean here);

    /** A sweep is over that found so many chats without a runner that lives. */
    void swept(int orphans);

    /** A sweep could not be done. */
    void failed();
}
