package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows that differ only in what a test is about. */
record SampleChat(
        ChatId id,
        String owner,
        String title,
        Status status,
        boolean archived,
        boolean pinned,
        Map<String, String> labels,
        long version,
        @Nullable NodeId runner) {
    static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    /** Chat number {@code number} of ann, waiting, at version 1; updated as many seconds after the start. */
    static SampleChat chat(int number) {
        return new SampleChat(
                new ChatId(new UUID(0, number)),
                "ann",
                "chat " + number,
                Status.WAITING,
                false,
                false,
                Map.of(),
                1,
                null);
    }

    SampleChat of(String name) {
        return new SampleChat(id, name, title, status, archived, pinned, labels, version, runner);
    }

    SampleChat titled(String text) {
        return new SampleChat(id, owner, text, status, archived, pinned, labels, version, runner);
    }

    SampleChat in(Status other) {
        return new SampleChat(id, owner, title, other, archived, pinned, labels, version, runner);
    }

    SampleChat shelved() {
        return new SampleChat(id, owner, title, status, true, pinned, labels, version, runner);
    }

    SampleChat onTop() {
        return new SampleChat(id, owner, title, status, archived, true, labels, version, runner);
    }

    SampleChat labelled(Map<String, String> other) {
        return new SampleChat(id, owner, title, status, archived, pinned, other, version, runner);
    }

    SampleChat at(long newer) {
        return new SampleChat(id, owner, title, status, archived, pinned, labels, newer, runner);
    }

    SampleChat runBy(@Nullable NodeId node) {
        return new SampleChat(id, owner, title, status, archived, pinned, labels, version, node);
    }

    ChatRow row() {
        return new ChatRow(
                id,
                owner,
                title,
                "simulated/default",
                status,
                archived,
                pinned,
                labels,
                2,
                version,
                version + 10,
                runner,
                null,
                status.hasWork() && !archived,
                START,
                START.plusSeconds(id.value().getLeastSignificantBits()).plusNanos(123_456_000));
    }

    /** All versions up to this one in one update, with {@code messages} and no others. */
    ChatUpdate update(Message... messages) {
        return new ChatUpdate(row(), MessageChanges.all(version, List.of(messages)));
    }

    /** The one version before this one led to this, and {@code messages} came with it. */
    ChatUpdate step(Message... messages) {
        OptionalLong from = messages.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(messages[0].id().number());
        return new ChatUpdate(row(), new MessageChanges(version - 1, version, from, List.of(messages)));
    }

    /** As {@link #step}, and all messages from {@code number} on went. */
    ChatUpdate cut(long number, Message... messages) {
        return new ChatUpdate(
                row(), new MessageChanges(version - 1, version, OptionalLong.of(number), List.of(messages)));
    }

    static Message message(int number, String text) {
        return new Message(
                new MessageId(number),
                Role.USER,
                List.of(new Part.Text(text)),
                number,
                START.plusSeconds(number),
                false,
                null,
                null);
    }
}
