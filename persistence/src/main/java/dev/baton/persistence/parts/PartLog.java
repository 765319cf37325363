package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import java.util.concurrent.CompletionStage;

/**
 * Where the parts of running episodes are kept. Never blocks.
 *
 * <p>While the database is away everything waits for it; nothing fails for that, so whoever waits must be able to wait.
 */
public interface PartLog {

    /**
     * Makes the caller the one writer of an episode and tells what is there. From then on the appends of whoever wrote it
     * before are refused. {@code ahead}: the caller shows parts before they are logged.
     */
    CompletionStage<Claim> claim(EpisodeKey key, long epoch, boolean ahead);

    /** Adds the next chunk. False, and nothing is added, when somebody else writes the episode now. */
    CompletionStage<Boolean> append(Chunk chunk);

    /** Deletes all episodes of {@code chat} up to this history version, some time soon, or never when the process dies. */
    void delete(ChatId chat, long historyVersion);

    /** What became of a claim. */
    sealed interface Claim {

        record Claimed(LoggedEpisode episode) implements Claim {}

        /** A newer epoch has the episode. */
        record Fenced() implements Claim {}
    }
}
