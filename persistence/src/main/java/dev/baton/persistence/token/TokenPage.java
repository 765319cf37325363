package dev.baton.persistence.token;

import java.util.List;
import java.util.Optional;

/** Some tokens, and where the next page begins if there is one. */
public record TokenPage(List<ApiToken> tokens, Optional<String> nextCursor) {

    public TokenPage {
        tokens = List.copyOf(tokens);
    }
}
