package dev.baton.gateway.bridge;

import java.util.Optional;

/**
 * A position in an answer that a provider keeps, as the part log has it. {@code target}: who keeps it; {@code print}: names
 * the key that it was made with; {@code position}: in the provider's own words.
 */
record KeptAt(String target, String print, String position) {

    /** Empty for what is none. */
    static Optional<KeptAt> parse(String text) {
        int last = text.lastIndexOf(' ');
        int middle = last <= 0 ? -1 : text.lastIndexOf(' ', last - 1);
        return middle <= 0
                ? Optional.empty()
                : Optional.of(new KeptAt(
                        text.substring(0, middle), text.substring(middle + 1, last), text.substring(last + 1)));
    }

    @Override
    public String toString() {
        return target + " " + print + " " + position;
    }
}
