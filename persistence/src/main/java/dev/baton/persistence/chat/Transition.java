package dev.baton.persistence.chat;

/** What can be done to a chat; {@link Transitions} says from where to where. */
public enum Transition {
    CREATE,
    SEND_QUEUE,
    SEND_INTERRUPT,
    SEND_REJECT,
    SEND_ROLLBACK,
    SEND_STEER,
    EDIT_MESSAGE,
    DELETE_QUEUED,
    PROMOTE_QUEUED,
    INTERRUPT,
    COMPLETE_ACTION,
    COMPACT,
    CLEAR,
    ARCHIVE,
    UNARCHIVE,
    UPDATE_DETAILS,
    RECONCILE,
    ASSIGN_RUNNER,
    RELEASE_RUNNER,
    HAND_OVER,
    START_ATTEMPT,
    SCHEDULE_RETRY,
    COMMIT_STEP,
    REQUIRE_ACTION,
    FINISH_INTERRUPTION,
    FINISH_TURN,
    FAIL_TURN,
    CANCEL_ACTION
}
