package dev.baton.gateway.bridge;

import java.math.BigDecimal;

/** What a model costs, per million tokens. */
public record Price(BigDecimal input, BigDecimal output) {}
