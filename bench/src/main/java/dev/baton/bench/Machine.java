package dev.baton.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a benchmark ran on, and how busy it was before: a time means little without. */
record Machine(int cores, double load, String java, String system) {

    static Machine now() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                Runtime.version().toString(),
                system.getName() + " " + system.getArch());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d cores, load %.1f before, %s, Java %s", cores, load, system, java);
    }
}
