package dev.baton.persistence.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import java.util.stream.Stream;

/**
 * How Jackson writes what crosses nodes: the words of a chat, and commands and events with their names inside. Akka
 * makes it by name; other modules' messages may hold commands, events and parts as well.
 */
final class ChatMessagesModule extends ChatValuesModule {

    ChatMessagesModule() {
        super("chat-messages");
        setMixInAnnotation(ChatCommand.class, NamedInside.class);
        setMixInAnnotation(ChatEvent.class, NamedInside.class);
        Stream.of(ChatCommand.class, ChatEvent.class)
                .flatMap(ChatMessagesModule::leaves)
                .forEach(this::registerSubtypes);
    }

    /** The records of a sealed family. Between nodes their simple names will do: both sides run nearly the same build. */
    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ChatMessagesModule::leaves)
                : Stream.of(type);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@")
    interface NamedInside {}
}
