package dev.baton.gateway.bridge.provider;

/** A provider's secret; its text form does not show it. */
public record ApiKey(String value) {

    /** Whether it can travel in a header: visible ASCII only. */
    public boolean isWellFormed() {
        return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public String toString() {
        return "ApiKey(hidden)";
    }
}
