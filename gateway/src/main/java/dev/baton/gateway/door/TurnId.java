package dev.baton.gateway.door;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.MessageId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of what a chat answers to one message, the client's or its tools'. It says where to find it, so nothing has to
 * be kept beside the chat.
 */
public record TurnId(ChatId chat, long message) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{32})_([1-9][0-9]{0,17})");
    private static final Pattern CHAT = Pattern.compile("[0-9a-f]{32}");

    public static TurnId of(ChatId chat, MessageId message) {
        return new TurnId(chat, message.number());
    }

    /** Reads an id that begins with {@code prefix}; empty when {@code text} is none. */
    public static Optional<TurnId> parse(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(text.substring(prefix.length()));
        return matcher.matches()
                ? Optional.of(new TurnId(new ChatId(uuid(matcher.group(1))), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Reads a chat's id, as {@link #chatText} wrote it or as Baton's own API has it. */
    public static Optional<ChatId> chat(String prefix, String text) {
        String rest = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        return CHAT.matcher(rest).matches() ? Optional.of(new ChatId(uuid(rest))) : ChatId.parse(rest);
    }

    public static String chatText(String prefix, ChatId chat) {
        return prefix + chat.toString().replace("-", "");
    }

    public String text(String prefix) {
        return chatText(prefix, chat) + "_" + message;
    }

    private static UUID uuid(String digits) {
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }
}
