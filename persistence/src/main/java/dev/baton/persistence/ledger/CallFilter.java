package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.time.Instant;
import java.util.Optional;

/** Which calls. {@code from} is part of the time, {@code to} is not. */
public record CallFilter(
        Optional<String> owner,
        Optional<ChatId> chat,
        Optional<String> provider,
        Optional<String> model,
        Optional<Outcome> outcome,
        Optional<Instant> from,
        Optional<Instant> to) {
    public static final CallFilter ALL = new CallFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public static CallFilter ofChat(ChatId chat) {
        return new CallFilter(
                Optional.empty(),
                Optional.of(chat),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Query addTo(Query query) {
        query.add("where 1 = 1");
        owner.ifPresent(name -> query.add("and owner = ?", name));
        chat.ifPresent(id -> query.add("and chat_id = ?", id.value()));
        provider.ifPresent(name -> query.add("and provider = ?", name));
        model.ifPresent(name -> query.add("and (target = ? or model = ?)", name, name));
        outcome.ifPresent(end -> query.add("and outcome = ?", end.toString()));
        from.ifPresent(at -> query.add("and started_at >= ?", Jdbc.time(at)));
        to.ifPresent(at -> query.add("and started_at < ?", Jdbc.time(at)));
        return query;
    }
}
