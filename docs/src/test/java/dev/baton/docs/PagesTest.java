package dev.baton.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages agree with the tree and with the configuration. */
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
    private static final Pattern KEY = Pattern.compile("`(baton\\.[a-z0-9.-]+[a-z0-9])`");
    private static final Config REFERENCE = ConfigFactory.defaultReference();

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var dead = new ArrayList<String>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    dead.add(page.getFileName() + " -> " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyKeyThatIsNamedExists() throws IOException {
        var unknown = new ArrayList<String>();
        for (Path page : pages()) {
            Matcher key = KEY.matcher(Files.readString(page));
            while (key.find()) {
                if (!REFERENCE.hasPath(key.group(1))) {
                    unknown.add(page.getFileName() + ": " + key.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void theNumbersOfTheRunnersPageAreTheDefaults() throws IOException {
        String page = Files.readString(Path.of("runners.md"));
        Config runner = REFERENCE.getConfig("baton.runner");
        Matcher row = Pattern.compile("^\\| `([a-z.-]+)` \\| (\\d+)( ms| s| min)? \\|$", Pattern.MULTILINE)
                .matcher(page);
        int rows = 0;
        while (row.find()) {
            String unit = row.group(3) == null ? "" : row.group(3);
            Object expected = unit.isEmpty()
                    ? Integer.valueOf(row.group(2))
                    : ConfigFactory.parseString("d=\"" + row.group(2) + unit.replace("min", "m") + "\"")
                            .getDuration("d");
            Object actual = unit.isEmpty() ? runner.getInt(row.group(1)) : runner.getDuration(row.group(1));
            assertThat(actual).as(row.group(1)).isEqualTo(expected);
            rows++;
        }
        assertThat(rows).isGreaterThan(5);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(Path.of("."))) {
            return Stream.concat(root, docs.filter(path -> !path.startsWith("./target")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
