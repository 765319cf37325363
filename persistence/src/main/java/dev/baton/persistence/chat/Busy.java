package dev.baton.persistence.chat;

/** What a message does to a chat that is busy. */
public enum Busy {
    QUEUE(Transition.SEND_QUEUE),
    INTERRUPT(Transition.SEND_INTERRUPT),
    REJECT(Transition.SEND_REJECT),
    ROLLBACK(Transition.SEND_ROLLBACK),
    STEER(Transition.SEND_STEER);

    private final Transition transition;

    Busy(Transition transition) {
        this.transition = transition;
    }

    Transition transition() {
        return transition;
    }
}
