package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.RunnerSupervisor.Admit;
import dev.baton.runner.RunnerSupervisor.Answered;
import dev.baton.runner.RunnerSupervisor.CallEnded;
import dev.baton.runner.RunnerSupervisor.Checked;
import dev.baton.runner.RunnerSupervisor.Command;
import dev.baton.runner.RunnerSupervisor.Count;
import dev.baton.runner.RunnerSupervisor.Counts;
import dev.baton.runner.RunnerSupervisor.Drain;
import dev.baton.runner.RunnerSupervisor.DrainOverdue;
import dev.baton.runner.RunnerSupervisor.Explain;
import dev.baton.runner.RunnerSupervisor.Explanation;
import dev.baton.runner.RunnerSupervisor.GiveBack;
import dev.baton.runner.RunnerSupervisor.Held;
import dev.baton.runner.RunnerSupervisor.HintTaken;
import dev.baton.runner.RunnerSupervisor.NotRead;
import dev.baton.runner.RunnerSupervisor.Observed;
import dev.baton.runner.RunnerSupervisor.Progress;
import dev.baton.runner.RunnerSupervisor.RestoreDue;
import dev.baton.runner.RunnerSupervisor.RunnerEnded;
import dev.baton.runner.RunnerSupervisor.UnwatchPosition;
import dev.baton.runner.RunnerSupervisor.WatchPosition;
import dev.baton.runner.RunnerSupervisor.WatchdogDue;
import dev.baton.runner.RunnerSupervisor.WatcherEnded;
import dev.baton.runner.RunnerSupervisor.WhatIsLeft;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a {@link RunnerSupervisor} does with what it is told. */
final class Supervision extends AbstractOnMessageBehavior<Command> {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerSupervisor.class);
    private static final int NAMES_FOR_PEOPLE = 20;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeId node;
    private final ChatCalls calls;
    private final TaskFactory tasks;
    private final RunnerSettings settings;
    private final Watchdog watchdog;
    private final Admission admission;
    private final Positions positions = new Positions();
    private final Map<ChatId, LiveRunner> runners = new HashMap<>();
    private final SpentRunners spent = new SpentRunners();
    /** Runners that ended too early and whose chats will be looked at. */
    private final Set<Epoch> toRestore = new HashSet<>();

    private final WayDown wayDown;
    /** Children that have not ended: runners, those of past epochs included, and calls. */
    private int alive;

    Supervision(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeId node,
            Chats chats,
            TaskFactory tasks,
            RunnerSettings settings) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.node = node;
        this.calls = new ChatCalls(chats, settings);
        this.tasks = tasks;
        this.settings = settings;
        this.watchdog = new Watchdog(settings.stallAfter());
        this.admission = new Admission(settings.maxRunning());
        this.wayDown = new WayDown(settings.handoverAtOnce());
        timers.startTimerWithFixedDelay(new WatchdogDue(), watchdog.interval());
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        long changes = admission.changes();
        command.deliverTo(this);
        if (admission.changes() != changes && !positions.isEmpty()) {
            positions.refresh(admission.order());
        }
        answerDrainers();
        return this;
    }

    void on(Observed observed) {
        see(observed.hint());
    }

    private void see(ChatHint hint) {
        LiveRunner known = runners.get(hint.chat());
        if (known == null ? spent.covers(hint) : !known.learn(hint)) {
            return;
        }
        if (known != null && known.epoch().number() == hint.epoch()) {
            known.hand(hint);
            return;
        }
        if (known != null) {
            retire(known);
        }
        if (hint.status().hasWork() && node.equals(hint.runner())) {
            start(hint);
        }
    }

    private void start(ChatHint hint) {
        Epoch epoch = Epoch.of(hint, node);
        if (wayDown.hasBegun()) {
            handOver(epoch);
            return;
        }
        ActorRef<ChatRunner.Command> runner = context.spawn(
                ChatRunner.create(epoch, context.getSelf(), calls, tasks, settings),
                "chat-%s-%d".formatted(epoch.chat(), epoch.number()));
        context.watchWith(runner, new RunnerEnded(epoch));
        alive++;
        runners.put(epoch.chat(), new LiveRunner(epoch, runner, hint, new HintBuffer(settings.hintBuffer()), watchdog));
        runner.tell(new ChatRunner.Run(hint));
    }

    /** Its epoch is over. It may take a while to end; nobody waits for it but a drain. */
    private void retire(LiveRunner runner) {
        runners.remove(runner.epoch().chat());
        admission.giveBack(runner.epoch());
        context.stop(runner.runner());
    }

    void on(RunnerEnded ended) {
        alive--;
        Epoch epoch = ended.epoch();
        admission.giveBack(epoch);
        wayDown.ended(epoch);
        of(epoch).ifPresent(runner -> {
            runners.remove(epoch.chat());
            spent.remember(runner.newest());
            if (epoch.covers(runner.newest()) && runner.newest().status().hasWork() && !wayDown.hasBegun()) {
                toRestore.add(epoch);
                timers.startSingleTimer(
                        epoch, new RestoreDue(epoch), settings.taskRetry().max());
            }
        });
    }

    void on(RestoreDue due) {
        if (toRestore.remove(due.epoch())) {
            watch(calls.read(context, due.epoch().chat(), state -> new Checked(due.epoch(), state.hint())));
        }
    }

    void on(Checked checked) {
        if (checked.epoch().covers(checked.hint()) && checked.hint().status().hasWork()) {
            LOG.warn(
                    "chat {}: the runner of epoch {} ended too early; replacing it",
                    checked.epoch().chat(),
                    checked.epoch().number());
            renew(checked.epoch());
        }
    }

    /** What has a runner here is known better than the database knows it; the chat itself knows best. */
    void on(Held held) {
        if (wayDown.isOver()) {
            return;
        }
        for (ChatId chat : held.chats()) {
            if (!runners.containsKey(chat)) {
                watch(calls.readOnce(context, chat, state -> new Observed(state.hint()), NotRead::new));
            }
        }
    }

    /** The next look will do. */
    void on(NotRead notRead) {}

    /** Ends the epoch for another one, which is elsewhere when this node is leaving. */
    private void renew(Epoch epoch) {
        if (wayDown.hasBegun()) {
            handOver(epoch);
            return;
        }
        watch(calls.write(context, epoch.chat(), new ChatCommand.AssignRunner(epoch.number()), Answered::new));
    }

    /** For a chat that has no runner here which would do it. */
    private void handOver(Epoch epoch) {
        if (wayDown.isOver()) {
            return;
        }
        watch(calls.write(context, epoch.chat(), new ChatCommand.HandOver(epoch.number(), null), Answered::new));
    }

    private void watch(ActorRef<?> call) {
        alive++;
        context.watchWith(call, new CallEnded());
    }

    void on(Answered answered) {
        if (answered.reply() instanceof Chat.Done done) {
            see(done.state().hint());
        }
    }

    void on(CallEnded ended) {
        alive--;
    }

    /** A runner of a past epoch must not take the place that its successor waits at. */
    void on(Admit admit) {
        of(admit.request().epoch()).ifPresent(runner -> admission.ask(admit.request()));
    }

    void on(GiveBack giveBack) {
        admission.giveBack(giveBack.epoch());
    }

    void on(HintTaken taken) {
        of(taken.epoch()).ifPresent(LiveRunner::hintTaken);
    }

    void on(Progress progress) {
        of(progress.epoch()).ifPresent(runner -> runner.progress(progress.what(), progress.patience()));
    }

    private Optional<LiveRunner> of(Epoch epoch) {
        return Optional.ofNullable(runners.get(epoch.chat()))
                .filter(runner -> runner.epoch().equals(epoch));
    }

    void on(WatchdogDue due) {
        for (LiveRunner runner : runners.values()) {
            Epoch epoch = runner.epoch();
            if (wayDown.hasBegun() || admission.isWaiting(epoch.chat())) {
                runner.excuse();
            } else if (runner.hasStalled()) {
                LOG.warn(
                        "chat {}: the runner of epoch {} has made no progress ({}); replacing it",
                        epoch.chat(),
                        epoch.number(),
                        runner.activity());
                renew(epoch);
            }
        }
    }

    void on(WatchPosition watch) {
        context.watchWith(watch.watcher(), new WatcherEnded(watch.watcher()));
        positions.watch(watch.chat(), watch.watcher());
        positions.refresh(admission.order());
    }

    void on(UnwatchPosition unwatch) {
        positions.unwatch(unwatch.chat(), unwatch.watcher());
    }

    void on(WatcherEnded ended) {
        positions.unwatchAll(ended.watcher());
    }

    void on(Explain explain) {
        LiveRunner runner = runners.get(explain.chat());
        int position = admission.order().indexOf(explain.chat()) + 1;
        explain.replyTo()
                .tell(new Explanation(
                        explain.chat(),
                        runner == null ? 0 : runner.epoch().number(),
                        position > 0 ? "waiting for capacity" : runner == null ? "no runner here" : runner.activity(),
                        position,
                        admission.held(),
                        settings.maxRunning(),
                        wayDown.hasBegun()));
    }

    void on(Count count) {
        count.replyTo().tell(new Counts(admission.held(), admission.order().size(), settings.maxRunning()));
    }

    void on(Drain drain) {
        wayDown.await(drain.replyTo());
        if (wayDown.hasBegun()) {
            return;
        }
        admission.close();
        timers.startSingleTimer(new DrainOverdue(), settings.drainTimeout());
        wayDown.begin(runners.values());
        toRestore.forEach(this::handOver);
        toRestore.clear();
    }

    void on(WhatIsLeft question) {
        String chats = runners.keySet().stream()
                .limit(NAMES_FOR_PEOPLE)
                .map(ChatId::toString)
                .collect(Collectors.joining(", "));
        question.replyTo().tell("%d runners and calls; %d chats (%s)".formatted(alive, runners.size(), chats));
    }

    void on(DrainOverdue overdue) {
        wayDown.giveUp();
        if (alive == 0) {
            return;
        }
        LOG.warn(
                "stopping {} children that the drain still waits for; chats not handed over: {}",
                alive,
                runners.keySet());
        context.getChildren().forEach(context::stop);
    }

    private void answerDrainers() {
        if (wayDown.hasBegun() && alive == 0) {
            wayDown.answer();
        }
    }
}
