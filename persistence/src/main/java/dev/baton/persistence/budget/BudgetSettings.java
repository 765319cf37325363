package dev.baton.persistence.budget;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.budgets}; {@code reference.conf} holds the defaults and says what each is for. */
public record BudgetSettings(
        Duration refresh,
        int outputTokens,
        int charactersPerToken,
        Duration answerLimit,
        Duration checkInterval,
        Duration passivateAfter) {

    public BudgetSettings {
        requireAtLeastOne("output-tokens", outputTokens);
        requireAtLeastOne("characters-per-token", charactersPerToken);
        requirePositive("answer-limit", answerLimit);
        requirePositive("check-interval", checkInterval);
        requirePositive("passivate-after", passivateAfter);
        if (refresh.isNegative()) {
            throw new IllegalArgumentException("baton.budgets.refresh (" + refresh + ") must not be negative");
        }
    }

    public static BudgetSettings from(Config root) {
        Config config = root.getConfig("baton.budgets");
        return new BudgetSettings(
                config.getDuration("refresh"),
                config.getInt("output-tokens"),
                config.getInt("characters-per-token"),
                config.getDuration("answer-limit"),
                config.getDuration("check-interval"),
                config.getDuration("passivate-after"));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.budgets." + key + " (" + value + ") must be positive");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.budgets." + key + " (" + value + ") must be at least 1");
        }
    }
}
