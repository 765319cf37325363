package dev.baton.runner.fleet;

import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatCommand.CompleteAction;
import dev.baton.persistence.chat.ChatCommand.Create;
import dev.baton.persistence.chat.ChatCommand.EditMessage;
import dev.baton.persistence.chat.ChatCommand.Interrupt;
import dev.baton.persistence.chat.ChatCommand.SendMessage;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSettings.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong: a chat has one runner, each turn one answer, and in the end nothing is left undone. */
class FleetSimulationTest {
    private static final int CHATS = 4;
    private static final int STEPS = 4000;
    private static final String DISPATCHER = "{ type = Dispatcher, throughput = 1, executor = \""
            + SteppedExecutor.Configurator.class.getName() + "\" }";
    private static final Config CONFIG =
            ConfigFactory.parseString("akka.scheduler.implementation = \"" + SteppedScheduler.class.getName()
                    + "\"\nakka.actor.default-dispatcher = " + DISPATCHER
                    + "\nakka.actor.internal-dispatcher = " + DISPATCHER);
    private static final ActorTestKit KIT = ActorTestKit.create("fleet", CONFIG);
    private static final RunnerSettings FLEET = new RunnerSettings(
            2,
            SETTINGS.syncInterval(),
            SETTINGS.askTimeout(),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
            2,
            SETTINGS.stallAfter(),
            SETTINGS.drainTimeout(),
            SETTINGS.handoverAtOnce(),
            Duration.ofSeconds(30),
            20,
            new RunnerSettings.Model(
                    10,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                    SETTINGS.model().silenceTimeout()),
            SETTINGS.episode(),
            SETTINGS.takeover());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsEveryTurnWithOneAnswer(long seed) {
        SteppedExecutor.INSTANCE.take();
        try {
            var fleet = new Fleet(KIT.system(), seed, FLEET);
            for (int i = 1; i <= STEPS; i++) {
                fleet.step();
                if (i % 60 == 0) {
                    act(fleet, i);
                }
                assertThat(fleet.violations()).isEmpty();
            }
            fleet.settle();
            int whole = 0;
            for (int number = 1; number <= CHATS; number++) {
                whole += check(fleet, number);
            }
            assertThat(whole).isPositive();
            assertThat(fleet.violations()).isEmpty();
            fleet.stop();
            assertThat(KIT.system().printTree()).doesNotContain("seed-" + seed + "-runners", "seed-" + seed + "-parts");
        } finally {
            SteppedExecutor.INSTANCE.giveBack();
        }
    }

    private static int check(Fleet fleet, int number) {
        ChatState state = fleet.chats().state(chat(number));
        assertThat(state.status().hasWork())
                .as("chat %d at version %d; %s", number, state.version(), fleet.explain(number))
                .isFalse();
        assertThat(state.hold().node()).isNull();
        return TurnCheck.of(fleet.chats().events(chat(number)));
    }

    /** A client does something; much of it is refused, as it would be. */
    private static void act(Fleet fleet, int step) {
        Random random = fleet.random();
        int number = 1 + random.nextInt(CHATS);
        fleet.command(number, action(fleet.chats().state(chat(number)), "t" + step, random));
    }

    private static ChatCommand action(ChatState state, String text, Random random) {
        if (!state.exists()) {
            var tool = new ClientTool(FleetModel.TOOL, "", "{}");
            return new Create(
                    "owner" + random.nextInt(2),
                    new Details("t", Map.of(), false),
                    "fake/one",
                    null,
                    List.of(tool),
                    null,
                    say(text));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Interrupt();
            case 1 -> new SendMessage(say(text), Busy.INTERRUPT);
            case 2 -> edit(state, text);
            case 3 ->
                new CompleteAction(state.history().unanswered().stream()
                        .map(call -> new Part.ToolResult(call.id(), "{}", false))
                        .toList());
            default -> new SendMessage(say(text), Busy.QUEUE);
        };
    }

    private static ChatCommand edit(ChatState state, String text) {
        List<Message> users = state.history().messages().stream()
                .filter(message -> message.role() == Role.USER)
                .toList();
        return users.isEmpty()
                ? new SendMessage(say(text), Busy.QUEUE)
                : new EditMessage(users.get(users.size() - 1).id(), say(text));
    }

    private static NewMessage say(String text) {
        return new NewMessage(List.of(new Part.Text(text)), null, null);
    }
}
