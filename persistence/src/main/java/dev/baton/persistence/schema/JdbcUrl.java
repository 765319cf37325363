package dev.baton.persistence.schema;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A JDBC URL with all that Baton needs in it; {@code shown} may stand in messages. */
record JdbcUrl(Dialect dialect, String text, String shown) {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern OTHER_SCHEME = Pattern.compile("^[A-Za-z]{2,}:.*");

    /** Names stay lower case; only {@link Database} closes; a commit returns when it is written. */
    private static final Map<String, String> NEEDED =
            Map.of("DATABASE_TO_UPPER", "FALSE", "DB_CLOSE_ON_EXIT", "FALSE", "WRITE_DELAY", "0");

    static JdbcUrl of(String url, boolean h2Sync) {
        if (url.startsWith(POSTGRESQL)) {
            return new JdbcUrl(Dialect.POSTGRESQL, url, withoutOptions(url));
        }
        if (url.startsWith(H2)) {
            return h2(url, h2Sync);
        }
        throw new IllegalArgumentException(
                "baton.database.url (" + withoutOptions(url) + ") must begin with jdbc:postgresql: or jdbc:h2:file:");
    }

    static String withoutOptions(String url) {
        return url.replaceFirst("[?;].*", "");
    }

    private static JdbcUrl h2(String url, boolean sync) {
        String[] pieces = url.substring(H2.length()).split(";", -1);
        Path file = file(pieces[0], url);
        var options = new LinkedHashMap<String, String>();
        for (int i = 1; i < pieces.length; i++) {
            if (pieces[i].isEmpty()) {
                continue;
            }
            String[] option = pieces[i].split("=", 2);
            options.put(option[0].toUpperCase(Locale.ROOT), option.length == 2 ? option[1] : "");
        }
        NEEDED.forEach((name, value) -> require(options, name, value));
        options.putIfAbsent("LOCK_TIMEOUT", "10000");
        if (sync) {
            // Freed pages may be written over at once, because writes reach the disk in their order.
            options.putIfAbsent("RETENTION_TIME", "0");
        }

        var text = new StringBuilder(H2)
                .append(sync ? SyncedFilePath.SCHEME + ":" : "file:")
                .append(file);
        options.forEach(
                (name, value) -> text.append(';').append(name).append('=').append(value));
        return new JdbcUrl(Dialect.H2, text.toString(), file + ".mv.db");
    }

    private static void require(Map<String, String> options, String name, String value) {
        String given = options.put(name, value);
        if (given != null && !given.equalsIgnoreCase(value)) {
            throw new IllegalArgumentException(
                    "baton.database.url: " + name + "=" + given + " must be left out, since Baton needs " + value);
        }
    }

    private static Path file(String name, String url) {
        String path = name.startsWith("file:") ? name.substring("file:".length()) : name;
        if (path.isEmpty() || OTHER_SCHEME.matcher(path).matches()) {
            throw new IllegalArgumentException("baton.database.url (" + withoutOptions(url)
                    + ") must name a file, as jdbc:h2:file:<path>, since H2 is for one node; use PostgreSQL for more");
        }
        Path home = Path.of(System.getProperty("user.home", "."));
        Path file = path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
        return file.toAbsolutePath().normalize();
    }
}
