package dev.baton.runner;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatHint;
import java.time.Duration;

/** What a supervisor knows of a runner of its own. */
final class LiveRunner {
    private final Epoch epoch;
    private final ActorRef<ChatRunner.Command> runner;
    private final HintBuffer hints;
    private final Watchdog watchdog;
    private ChatHint newest;
    private String activity = "starting";
    private int looksLeft;

    LiveRunner(Epoch epoch, ActorRef<ChatRunner.Command> runner, ChatHint first, HintBuffer hints, Watchdog watchdog) {
        this.epoch = epoch;
        this.runner = runner;
        this.newest = first;
        this.hints = hints;
        this.watchdog = watchdog;
        this.looksLeft = watchdog.looks(Duration.ZERO);
    }

    Epoch epoch() {
        return epoch;
    }

    ActorRef<ChatRunner.Command> runner() {
        return runner;
    }

    ChatHint newest() {
        return newest;
    }

    String activity() {
        return activity;
    }

    /** False when {@code hint} is not newer than what is known. */
    boolean learn(ChatHint hint) {
        boolean newer = hint.version() > newest.version();
        if (newer) {
            newest = hint;
        }
        return newer;
    }

    void hand(ChatHint hint) {
        hints.offer(hint).ifPresent(this::tell);
    }

    void hintTaken() {
        hints.taken().ifPresent(this::tell);
    }

    private void tell(ChatHint hint) {
        runner.tell(new ChatRunner.Told(hint));
    }

    void progress(String what, Duration patience) {
        activity = what;
        looksLeft = watchdog.looks(patience);
    }

    /** It waits for something that has no deadline of its own. */
    void excuse() {
        looksLeft = watchdog.looks(Duration.ZERO);
    }

    /** Whether the watchdog has looked as often as it may without seeing progress; it then starts to count again. */
    boolean hasStalled() {
        looksLeft--;
        if (looksLeft > 0) {
            return false;
        }
        looksLeft = watchdog.looks(Duration.ZERO);
        return true;
    }
}
