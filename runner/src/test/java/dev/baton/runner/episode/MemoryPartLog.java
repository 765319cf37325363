package dev.baton.runner.episode;

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
import java.util.function.Supplier;

/** A part log in memory, for any number of nodes. It answers at once, or when it is told to. */
public final class MemoryPartLog implements PartLog {
    private final Map<EpisodeKey, List<Chunk>> episodes = new HashMap<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized CompletionStage<Claim> claim(EpisodeKey key, long epoch, boolean ahead) {
        return answer(() -> {
            List<Chunk> chunks = chunks(key);
            if (chunks.stream().anyMatch(chunk -> chunk.epoch() > epoch)) {
                return new Claim.Fenced();
            }
            LoggedEpisode there = logged(key);
            chunks.add(new Chunk(key, there.lastChunk() + 1, epoch, 0, List.of(), null, ahead || !there.exact()));
            return new Claim.Claimed(
                    new LoggedEpisode(there.lastChunk() + 1, there.parts(), there.told(), there.exact()));
        });
    }

    @Override
    public synchronized CompletionStage<Boolean> append(Chunk chunk) {
        return answer(() -> {
            boolean free = chunk.number() == chunks(chunk.key()).size() + 1;
            if (free) {
                chunks(chunk.key()).add(chunk);
            }
            return free;
        });
    }

    @Override
    public synchronized void delete(ChatId chat, long historyVersion) {
        episodes.keySet().removeIf(key -> key.chat().equals(chat) && key.historyVersion() <= historyVersion);
    }

    /** What the log has of the episode. */
    public synchronized LoggedEpisode logged(EpisodeKey key) {
        var parts = new ArrayList<Part>();
        Told told = Told.NOTHING;
        boolean exact = true;
        for (Chunk chunk : episodes.getOrDefault(key, List.of())) {
            parts.addAll(chunk.parts());
            told = chunk.told() == null ? told : chunk.told();
            exact = !chunk.ahead();
        }
        return new LoggedEpisode(episodes.getOrDefault(key, List.of()).size(), parts, told, exact);
    }

    /** Another node, or an earlier life of this one, said {@code parts} and is gone. */
    public synchronized void saidBefore(EpisodeKey key, Told told, Part... parts) {
        chunks(key).add(new Chunk(key, chunks(key).size() + 1, 1, 0, List.of(parts), told, false));
    }

    /** From now on the database is away: nothing is done and nothing is answered. */
    public synchronized void leave() {
        away = true;
    }

    /** The database is back and does what was asked meanwhile. */
    public void comeBack() {
        List<Runnable> waiting;
        synchronized (this) {
            away = false;
            waiting = List.copyOf(heldBack);
            heldBack.clear();
        }
        waiting.forEach(Runnable::run);
    }

    private List<Chunk> chunks(EpisodeKey key) {
        return episodes.computeIfAbsent(key, any -> new ArrayList<>());
    }

    private <T> CompletionStage<T> answer(Supplier<T> work) {
        if (!away) {
            return CompletableFuture.completedFuture(work.get());
        }
        var answer = new CompletableFuture<T>();
        heldBack.add(() -> {
            synchronized (this) {
                answer.complete(work.get());
            }
        });
        return answer;
    }
}
