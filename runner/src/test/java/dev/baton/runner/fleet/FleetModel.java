package dev.baton.runner.fleet;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Answers with words that depend on the last user message alone, so that a stale answer is recognized; now and then it
 * fails, breaks off or asks for a tool.
 */
final class FleetModel implements ModelClient {
    static final String TOOL = "weather";

    private final Random random;
    private boolean faulty = true;

    FleetModel(Random random) {
        this.random = random;
    }

    static String answerTo(String text) {
        return "you said " + text + " and so be it";
    }

    void behave() {
        faulty = false;
    }

    @Override
    public Source<ModelEvent, NotUsed> call(ModelRequest request) {
        Message last = request.history().get(request.history().size() - 1);
        if (last.role() == Role.USER && random.nextInt(6) == 0) {
            var call = new ModelEvent.Streamed(new Part.ToolCall("c" + last.version(), TOOL, "{}"));
            return Source.from(List.of(call, new ModelEvent.Finished(FinishReason.TOOL_CALLS, Usage.NONE)));
        }
        List<ModelEvent> all = answer(request.history());
        List<ModelEvent> events = all.subList(request.said().size(), all.size());
        if (!faulty || random.nextInt(4) != 0) {
            return Source.from(events);
        }
        List<ModelEvent> some = events.subList(0, random.nextInt(events.size()));
        return random.nextBoolean()
                ? Source.from(some)
                : Source.from(some).concat(Source.failed(new ModelException(overloaded(), null, null)));
    }

    @Override
    public Set<TakeoverMode> takeover(String model) {
        return EnumSet.of(TakeoverMode.CONTINUE, TakeoverMode.RESTART);
    }

    private static List<ModelEvent> answer(List<Message> history) {
        Message user = history.stream()
                .filter(message -> message.role() == Role.USER)
                .reduce((first, second) -> second)
                .orElseThrow();
        var events = new ArrayList<ModelEvent>();
        for (char piece : answerTo(text(user)).toCharArray()) {
            events.add(new ModelEvent.Streamed(new Part.Text(String.valueOf(piece))));
        }
        events.add(new ModelEvent.Finished(FinishReason.STOP, Usage.NONE));
        return events;
    }

    static String text(Message message) {
        var text = new StringBuilder();
        for (Part part : message.content()) {
            if (part instanceof Part.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    private static Failure overloaded() {
        return new Failure("too much to do", null, FailureKind.OVERLOADED, "fake", true, null);
    }
}
