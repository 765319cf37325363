package dev.baton.gateway.node.death;

/** Hears what a {@link LifeLine} finds, on its thread. */
@FunctionalInterface
interface LifeWatcher {

    /** The life is over; {@code how} says how that is known. Called at most once. */
    void proved(String how);

    /** The connection broke, which says nothing yet. */
    default void broke() {}

    /** The life answered: whatever broke before, it is there. */
    default void answered() {}
}
