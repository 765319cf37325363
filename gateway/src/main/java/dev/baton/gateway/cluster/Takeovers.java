package dev.baton.gateway.cluster;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.view.MovePage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What went on elsewhere. */
@FunctionalInterface
public interface Takeovers {

    /** The newest first, behind {@code cursor} and of {@code chat} where these are given; at most {@code limit}. */
    CompletionStage<MovePage> page(Optional<ChatId> chat, Optional<String> cursor, int limit);
}
