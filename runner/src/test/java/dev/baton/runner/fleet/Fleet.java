package dev.baton.runner.fleet;

import static dev.baton.runner.Samples.chat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.runner.FakeChats;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.MemoryPartLog;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.task.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes with real runners. Everything between them goes wrong as the seed says: hints get lost, come late or twice;
 * chats do not answer; nodes die and leave, several at once, and may not have heard of each other that they do. Only what
 * a node that stays tells itself is always delivered.
 */
final class Fleet implements Chats {
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private record Node(NodeId id, ActorRef<RunnerSupervisor.Command> supervisor, ActorRef<PartBuffer.Command> parts) {}

    private record Letter(NodeId to, ChatHint hint) {}

    private final ActorSystem<?> system;
    private final SteppedScheduler time;
    private final Random random;
    private final RunnerSettings settings;
    private final FleetModel model;
    private final MemoryPartLog log = new MemoryPartLog();
    private final FleetClock clock = new FleetClock();
    private final FakeChats chats;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<NodeId> leaving = new HashSet<>();
    private final List<Node> lost = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final Map<ChatId, Long> epochs = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final String name;
    private Duration sinceSweep = Duration.ZERO;
    private NodeId home;
    private int lives;
    private boolean faulty = true;

    Fleet(ActorSystem<?> system, long seed, RunnerSettings settings) {
        this.system = system;
        this.time = (SteppedScheduler) Adapter.toClassic(system).scheduler();
        this.random = new Random(seed);
        this.settings = settings;
        this.model = new FleetModel(random);
        this.name = "seed-" + seed;
        this.home = new NodeId("none");
        this.chats = new FakeChats(home, this::post);
        chats.setClock(clock);
        for (int i = 0; i < 3; i++) {
            addNode();
        }
    }

    FakeChats chats() {
        return chats;
    }

    Random random() {
        return random;
    }

    List<String> violations() {
        return violations;
    }

    private void addNode() {
        lives++;
        var id = new NodeId("akka://baton@127.0.0.1:25520#" + lives);
        ActorRef<PartBuffer.Command> parts =
                spawn(PartBuffer.create(log, Publish.DURABLE, settings.episode(), count -> {}), "parts");
        var tasks = new OneAtATime(
                new Tasks(
                        this, parts, model, () -> CompletableFuture.completedFuture(clock.instant()), clock, settings),
                violations);
        nodes.add(new Node(id, spawn(RunnerSupervisor.create(id, this, tasks, settings), "runners"), parts));
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String kind) {
        return system.systemActorOf(behavior, "%s-%s-%d".formatted(name, kind, lives), Props.empty());
    }

    /** A chat stands anywhere; what it writes is told to the node where it stands. */
    ChatState command(int number, ChatCommand command) {
        moveAnywhere();
        chats.execute(chat(number), command);
        return chats.state(chat(number));
    }

    private void moveAnywhere() {
        home = nodes.get(random.nextInt(nodes.size())).id();
        chats.moveTo(leaving.contains(home) ? successor(home) : home);
    }

    /** Where a chat that stands on a leaver goes. */
    private @Nullable NodeId successor(NodeId leaver) {
        boolean notHeard = faulty && random.nextInt(5) == 0;
        List<NodeId> others = nodes.stream()
                .map(Node::id)
                .filter(node -> !node.equals(leaver) && (notHeard || !leaving.contains(node)))
                .toList();
        return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }

    private void post(ChatHint hint) {
        boolean newHold = hint.epoch() > epochs.getOrDefault(hint.chat(), 0L);
        epochs.put(hint.chat(), hint.epoch());
        NodeId runner = hint.runner();
        boolean certain = newHold && home.equals(runner);
        send(home, hint, certain);
        if (runner != null && !runner.equals(home)) {
            send(runner, hint, /* certain= */ false);
        }
    }

    private void send(NodeId to, ChatHint hint, boolean certain) {
        if (certain || !faulty || random.nextInt(4) != 0) {
            letters.add(new Letter(to, hint));
        }
        if (faulty && random.nextInt(4) == 0) {
            letters.add(new Letter(to, hint));
        }
    }

    /** What tasks and supervisors say to chats. */
    @Override
    public void tell(ChatId chat, Chat.Command command) {
        if (faulty) {
            moveAnywhere();
            switch (random.nextInt(60)) {
                case 0 -> chats.losing(1);
                case 1 -> chats.losingAnswers(1);
                case 2 -> chats.failing(1);
                default -> {}
            }
        }
        chats.tell(chat, command);
        chats.losingAnswers(0);
        chats.failing(0);
    }

    /** Does one thing, of what there is to do. */
    void step() {
        int dice = random.nextInt(1000);
        if (dice < 850 && SteppedExecutor.INSTANCE.runOne(random)) {
            return;
        }
        if (dice < 985 && deliver()) {
            return;
        }
        if (dice >= 998) {
            lose(nodes.get(random.nextInt(nodes.size())));
            return;
        }
        pass(Duration.ofMillis(1 + random.nextInt(100)));
    }

    private boolean deliver() {
        if (letters.isEmpty()) {
            return false;
        }
        Letter letter = letters.remove(random.nextInt(letters.size()));
        nodes.stream()
                .filter(node -> node.id().equals(letter.to()))
                .forEach(node -> node.supervisor().tell(new RunnerSupervisor.Observed(letter.hint())));
        return true;
    }

    /** A node dies, or begins to leave and dies later, done or not; then another one comes. */
    private void lose(Node node) {
        if (random.nextInt(3) != 0 && leaving.add(node.id())) {
            node.supervisor().tell(new RunnerSupervisor.Drain(system.ignoreRef()));
            return;
        }
        replace(node);
    }

    private void replace(Node node) {
        nodes.remove(node);
        leaving.remove(node.id());
        lost.add(node);
        stop(node.supervisor());
        addNode();
    }

    private void stop(ActorRef<?> actor) {
        Adapter.toClassic(system).stop(Adapter.toClassic(actor));
    }

    private void pass(Duration duration) {
        clock.pass(duration);
        time.timePasses(duration);
        sinceSweep = sinceSweep.plus(duration);
        if (sinceSweep.compareTo(SWEEP) >= 0) {
            sinceSweep = Duration.ZERO;
            sweep();
        }
    }

    private void sweep() {
        for (ChatId chat : List.copyOf(epochs.keySet())) {
            ChatState state = chats.state(chat);
            NodeId holder = state.hold().node();
            boolean held = nodes.stream().anyMatch(node -> node.id().equals(holder));
            if (state.status().hasWork() && !held) {
                moveAnywhere();
                chats.tell(chat, new Chat.TakeOver(state.hold().epoch()));
            }
        }
        nodes.forEach(this::checkHolds);
    }

    private void checkHolds(Node node) {
        List<ChatId> held = epochs.keySet().stream()
                .filter(chat -> node.id().equals(chats.state(chat).hold().node()))
                .toList();
        node.supervisor().tell(new RunnerSupervisor.Held(held));
    }

    /** From now on nothing goes wrong, and everything gets the time it needs. */
    void settle() {
        faulty = false;
        model.behave();
        nodes.stream().filter(node -> leaving.contains(node.id())).toList().forEach(this::replace);
        for (int second = 0; second < 1500 && !isIdle(); second++) {
            runAll();
            pass(Duration.ofSeconds(1));
        }
        runAll();
    }

    private void runAll() {
        while (deliver() || SteppedExecutor.INSTANCE.runOne(random)) {
            // Each call does one thing.
        }
    }

    private boolean isIdle() {
        return epochs.keySet().stream()
                .noneMatch(chat -> chats.state(chat).status().hasWork());
    }

    /** What every node knows of the chat. */
    List<String> explain(int number) {
        var explanations = new ArrayList<String>();
        ActorRef<RunnerSupervisor.Explanation> listener = spawn(
                Behaviors.receiveMessage(explanation -> {
                    explanations.add(explanation.toString());
                    return Behaviors.same();
                }),
                "listener-" + number);
        nodes.forEach(node -> node.supervisor().tell(new RunnerSupervisor.Explain(chat(number), listener)));
        runAll();
        return explanations;
    }

    void stop() {
        nodes.forEach(node -> stop(node.supervisor()));
        runAll();
        lost.addAll(nodes);
        lost.forEach(node -> stop(node.parts()));
        runAll();
    }
}
