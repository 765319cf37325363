package dev.baton.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Ending;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalFormatTest {
    private static final ObjectMapper TREE = new ObjectMapper();

    private final ChatJournalSerializer serializer = new ChatJournalSerializer();

    @Test
    void everyKindOfEventHasASample() {
        assertThat(JournalSamples.EVENTS.values().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ChatEvent.class.getPermittedSubclasses()));
    }

    @Test
    void everyManifestThatIsWrittenHasAStoredSample() throws Exception {
        assertThat(storedManifests())
                .containsAll(JournalTypes.all().stream().map(Manifest::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("storedManifests")
    void readsEveryStoredSample(String manifest) throws IOException {
        assertThat(serializer.fromBinary(stored(manifest), manifest)).isEqualTo(valueOf(manifest));
    }

    @ParameterizedTest
    @MethodSource("storedManifests")
    void writesWhatIsStored(String manifest) throws IOException {
        Object value = valueOf(manifest);
        if (serializer.manifest(value).equals(manifest)) {
            assertThat(TREE.readTree(serializer.toBinary(value))).isEqualTo(TREE.readTree(stored(manifest)));
        }
    }

    @Test
    void keepsTheOrderInWhichClientsSent() {
        ChatState state = ChatState.none(JournalSamples.CHAT);
        for (int i = 20; i > 0; i--) {
            state = state.apply(new ChatEvent.UserMessageAdded(message(i, "client-" + i), false, JournalSamples.AT));
        }
        var read = (ChatState) serializer.fromBinary(serializer.toBinary(state), serializer.manifest(state));
        assertThat(read.sent().byClientId().keySet())
                .containsExactlyElementsOf(state.sent().byClientId().keySet());
    }

    @Test
    void keepsWhyAnAnswerEndedEarly() {
        Message whole = JournalSamples.ANSWER;
        var cut = new Message(
                whole.id(),
                whole.role(),
                whole.content(),
                whole.version(),
                whole.createdAt(),
                whole.interrupted(),
                whole.usage(),
                whole.clientMessageId(),
                Ending.LENGTH);
        var event = new ChatEvent.StepCommitted(List.of(cut), 42, JournalSamples.AT);
        byte[] json = serializer.toBinary(event);
        assertThat(new String(json, UTF_8)).contains("\"ending\":\"length\"");
        assertThat(serializer.fromBinary(json, serializer.manifest(event))).isEqualTo(event);
    }

    @Test
    void ignoresFieldsOfNewerBuilds() {
        byte[] json = "{\"at\":\"2026-03-04T05:06:07.089Z\",\"weather\":{\"celsius\":21}}".getBytes(UTF_8);
        assertThat(serializer.fromBinary(json, "turn-ended/1")).isEqualTo(new ChatEvent.TurnEnded(JournalSamples.AT));
    }

    @Test
    void keepsTextThatIsNoValidUnicode() {
        var event = new ChatEvent.ModelChosen("half \ud83d, zero \u0000, whole 🌡", JournalSamples.AT);
        assertThat(serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event)))
                .isEqualTo(event);
    }

    @Test
    void namesTheManifestItDoesNotKnow() {
        byte[] json = "{}".getBytes(UTF_8);
        assertThatThrownBy(() -> serializer.fromBinary(json, "chat-sung/1"))
                .hasMessage("journal manifest chat-sung/1 is unknown to this build");
        assertThatThrownBy(() -> serializer.fromBinary(json, "turn-ended/9"))
                .hasMessage("journal manifest turn-ended/9 is newer than this build, which reads up to turn-ended/1");
        assertThatThrownBy(() -> serializer.fromBinary(json, "dev.baton.Sung"))
                .hasMessage("journal manifest \"dev.baton.Sung\" must be a name, a slash and a version");
    }

    @Test
    void namesWhatTheJournalCannotHold() {
        assertThatThrownBy(() -> serializer.manifest("text"))
                .hasMessage("java.lang.String has no manifest; the journal cannot hold it");
    }

    @Test
    void leadsOldEntriesToTheFormOfToday() throws IOException {
        var format = new JournalFormat(new EventMigrations(Map.of(
                new Manifest("turn-failed", -1), old -> old.put("message", "it broke"),
                new Manifest("turn-failed", 0),
                        old -> {
                            old.putObject("failure")
                                    .put("message", old.remove("message").asText())
                                    .put("kind", "generic");
                            return old;
                        })));
        byte[] json = "{\"at\":\"2026-03-04T05:06:07.089Z\"}".getBytes(UTF_8);
        assertThat(format.read(json, new Manifest("turn-failed", -1)))
                .isEqualTo(new ChatEvent.TurnFailed(
                        new Failure("it broke", null, FailureKind.GENERIC, null, false, null), JournalSamples.AT));
    }

    @Test
    void saysWhichMigrationIsMissing() {
        var format = new JournalFormat(EventMigrations.PRODUCTION);
        assertThatThrownBy(() -> format.read("{}".getBytes(UTF_8), new Manifest("turn-failed", 0)))
                .hasMessage("journal manifest turn-failed/0 has no migration to turn-failed/1");
    }

    static List<String> storedManifests() throws IOException, URISyntaxException {
        var directory = Path.of(Objects.requireNonNull(JournalFormatTest.class.getResource("/journal"))
                .toURI());
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("-([0-9]+)\\.json$", "/$1"))
                    .sorted()
                    .toList();
        }
    }

    private static Object valueOf(String manifest) {
        return manifest.equals("chat-state/1")
                ? JournalSamples.STATE
                : Objects.requireNonNull(JournalSamples.EVENTS.get(manifest), manifest);
    }

    private static byte[] stored(String manifest) throws IOException {
        String file = "/journal/" + manifest.replace('/', '-') + ".json";
        try (var stream = Objects.requireNonNull(JournalFormatTest.class.getResourceAsStream(file), file)) {
            return stream.readAllBytes();
        }
    }

    private static Message message(int number, String clientMessageId) {
        return new Message(
                new MessageId(number),
                Role.USER,
                List.of(new Part.Text("hi")),
                1,
                JournalSamples.AT,
                false,
                null,
                clientMessageId);
    }
}
