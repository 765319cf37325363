package dev.baton.runner;

import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.RunnerSettings.Backoff;
import java.time.Duration;
import java.util.UUID;

/** Values that the tests of runners share. */
public final class Samples {
    public static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:25520#1");
    public static final NodeId OTHER_NODE = new NodeId("akka://baton@127.0.0.1:25521#2");
    public static final String OWNER = "ann";

    /** Short pauses, so that what is tried again is tried at once; waits that no test lives to see. */
    public static final RunnerSettings SETTINGS = new RunnerSettings(
            10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
            64,
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            2,
            Duration.ofMinutes(5),
            5,
            new RunnerSettings.Model(
                    2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)), Duration.ofMinutes(10)),
            new RunnerSettings.Episode(1 << 20, Duration.ofSeconds(15)),
            new RunnerSettings.Takeover(Duration.ofSeconds(5), Duration.ofSeconds(30), 2));

    private Samples() {}

    public static ChatId chat(int number) {
        return new ChatId(new UUID(0, number));
    }

    /** A hint of chat 1, held by {@link #NODE}. */
    public static ChatHint hint(long epoch, long version, long historyVersion, Status status) {
        return hint(chat(1), OWNER, epoch, version, historyVersion, status);
    }

    public static ChatHint hint(
            ChatId chat, String owner, long epoch, long version, long historyVersion, Status status) {
        return new ChatHint(
                chat, owner, version, historyVersion, status, false, 1, epoch, status.hasWork() ? NODE : null);
    }

    public static RunnerSettings withMaxRunning(int maxRunning) {
        return new RunnerSettings(
                maxRunning,
                SETTINGS.syncInterval(),
                SETTINGS.askTimeout(),
                SETTINGS.taskRetry(),
                SETTINGS.hintBuffer(),
                SETTINGS.stallAfter(),
                SETTINGS.drainTimeout(),
                SETTINGS.handoverAtOnce(),
                SETTINGS.actionTimeout(),
                SETTINGS.maxSteps(),
                SETTINGS.model(),
                SETTINGS.episode(),
                SETTINGS.takeover());
    }

    public static RunnerSettings changed(Duration askTimeout, RunnerSettings.Model model) {
        return new RunnerSettings(
                SETTINGS.maxRunning(),
                SETTINGS.syncInterval(),
                askTimeout,
                SETTINGS.taskRetry(),
                SETTINGS.hintBuffer(),
                SETTINGS.stallAfter(),
                SETTINGS.drainTimeout(),
                SETTINGS.handoverAtOnce(),
                SETTINGS.actionTimeout(),
                SETTINGS.maxSteps(),
                model,
                SETTINGS.episode(),
                SETTINGS.takeover());
    }
}
