package dev.baton.gateway.bridge.meter;

import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.Target;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A call that somebody wants to make. {@code prompt}: the last that the user said; {@code characters}: of all that is sent,
 * asked for where there is a budget only; {@code mostOutput}: the tokens that the answer may have, when the request says so.
 */
public record Opening(
        Asker asker, Target target, Optional<String> prompt, LongSupplier characters, OptionalLong mostOutput) {}
