package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.Chunk;
import dev.baton.persistence.parts.LoggedEpisode;
import dev.baton.persistence.parts.PartLog;
import dev.baton.persistence.parts.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The part log of one node, in memory, with nobody else to write. */
public final class MemoryPartLog implements PartLog {
    private final Map<EpisodeKey, List<Part>> episodes = new HashMap<>();

    /** False, and nothing is done, when something is known of the episode. */
    public synchronized boolean begin(EpisodeKey key, List<Part> said) {
        return episodes.putIfAbsent(key, new ArrayList<>(said)) == null;
    }

    @Override
    public synchronized CompletionStage<Claim> claim(EpisodeKey key, long epoch, boolean ahead) {
        List<Part> parts = episodes.computeIfAbsent(key, any -> new ArrayList<>());
        return CompletableFuture.completedFuture(
                new Claim.Claimed(new LoggedEpisode(1, parts, Told.NOTHING, /* exact= */ true)));
    }

    @Override
    public synchronized CompletionStage<Boolean> append(Chunk chunk) {
        episodes.computeIfAbsent(chunk.key(), any -> new ArrayList<>()).addAll(chunk.parts());
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public synchronized void delete(ChatId chat, long historyVersion) {
        episodes.keySet().removeIf(key -> key.chat().equals(chat) && key.historyVersion() <= historyVersion);
    }
}
