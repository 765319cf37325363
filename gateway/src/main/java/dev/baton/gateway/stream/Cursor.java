package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's position in a chat's order of events. {@code done}: the last version whose events were all delivered;
 * {@code next}: how many events of the version after it were; {@code seen}: how far the running episode's parts were,
 * null when no episode was known.
 *
 * <p>As text {@code <version>} (all of that version) or {@code <version>.<k>} (its first k events), and {@code
 * :<history version>.<attempt>.<seq>} behind it for parts. {@code 0} is the beginning. Clients get it with {@code
 * ~<chat tag>} at its end, so that one of another chat is found out; whoever writes one by hand may leave that out.
 */
record Cursor(long done, int next, @Nullable Seen seen) {
    static final Cursor START = new Cursor(0, 0, null);
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern TEXT = Pattern.compile(
            NUMBER + "(?:\\.([1-9][0-9]{0,8}))?(?::" + NUMBER + "\\.([1-9][0-9]{0,8})\\." + NUMBER + ")?");

    private static final char TAG = '~';
    private static final int TAG_DIGITS = 6;
    /** Odd and without a pattern, so that all bits of an id count in the uppermost. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** How far the parts of one episode were delivered; 0 = none yet. */
    record Seen(long historyVersion, int attempt, long seq) {
        EpisodeKey key(ChatId chat) {
            return new EpisodeKey(chat, historyVersion, attempt);
        }
    }

    /** As text that only {@code chat} takes back. */
    String textFor(ChatId chat) {
        return toString() + TAG + tag(chat);
    }

    private static String tag(ChatId chat) {
        UUID id = chat.value();
        long mixed = ((id.getMostSignificantBits() * MIX) ^ id.getLeastSignificantBits()) * MIX;
        return HexFormat.of().toHexDigits(mixed >>> (Long.SIZE - 4 * TAG_DIGITS), TAG_DIGITS);
    }

    /** Whether {@code text} says that it is of another chat than {@code chat}. */
    static boolean isOfAnother(ChatId chat, String text) {
        int end = text.indexOf(TAG);
        return end >= 0 && !text.substring(end + 1).equals(tag(chat));
    }

    /** What {@code text} says besides the chat that it is of. */
    static String withoutTag(String text) {
        int end = text.indexOf(TAG);
        return end < 0 ? text : text.substring(0, end);
    }

    /** Empty when {@code text} is no cursor at all. */
    static Optional<Cursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long version = Long.parseLong(matcher.group(1));
        Seen seen = matcher.group(3) == null
                ? null
                : new Seen(
                        Long.parseLong(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        Long.parseLong(matcher.group(5)));
        if (matcher.group(2) == null) {
            return Optional.of(new Cursor(version, 0, seen));
        }
        return version == 0
                ? Optional.empty()
                : Optional.of(new Cursor(version - 1, Integer.parseInt(matcher.group(2)), seen));
    }

    /** The position after the first {@code events} events of {@code version}. */
    static Cursor within(long version, int events) {
        return new Cursor(version - 1, events, null);
    }

    /** The newest version of which anything was delivered. */
    long version() {
        return next == 0 ? done : done + 1;
    }

    @Override
    public String toString() {
        String position = next == 0 ? Long.toString(done) : (done + 1) + "." + next;
        return seen == null
                ? position
                : "%s:%d.%d.%d".formatted(position, seen.historyVersion(), seen.attempt(), seen.seq());
    }
}
