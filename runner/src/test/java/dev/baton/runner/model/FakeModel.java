package dev.baton.runner.model;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers call after call as scripted; a call that nothing is scripted for says {@code ok}. */
public final class FakeModel implements ModelClient {
    public static final Usage USAGE = new Usage(10, 5, 0, 0);

    private final Queue<Source<ModelEvent, NotUsed>> script = new ArrayDeque<>();
    private final List<ModelRequest> requests = new ArrayList<>();
    private Set<TakeoverMode> can = EnumSet.of(TakeoverMode.CONTINUE, TakeoverMode.RESTART);
    private final OpenCalls open = new OpenCalls();

    @Override
    public synchronized Source<ModelEvent, NotUsed> call(ModelRequest request) {
        requests.add(request);
        Source<ModelEvent, NotUsed> next = script.poll();
        Source<ModelEvent, NotUsed> answer = next == null ? whole(List.of(text("ok")), FinishReason.STOP) : next;
        return answer.via(open);
    }

    @Override
    public synchronized Set<TakeoverMode> takeover(String model) {
        return can;
    }

    /** From now on answers can be gone on with in these ways, besides asking again. */
    public synchronized FakeModel can(TakeoverMode... modes) {
        can = EnumSet.of(TakeoverMode.RESTART, modes);
        return this;
    }

    public FakeModel says(String... pieces) {
        return then(whole(texts(pieces), FinishReason.STOP));
    }

    public FakeModel answers(List<Part> parts, FinishReason reason) {
        return then(whole(parts, reason));
    }

    /** Says {@code pieces} and no more, without an end. */
    public FakeModel hangsAfter(String... pieces) {
        return then(streamed(texts(pieces)).concat(Source.maybe()));
    }

    /** Says {@code pieces}; then the stream ends without saying so. */
    public FakeModel breaksOffAfter(String... pieces) {
        return then(streamed(texts(pieces)));
    }

    public FakeModel failsAfter(Failure failure, @Nullable Duration retryAfter, String... pieces) {
        return then(streamed(texts(pieces)).concat(Source.failed(new ModelException(failure, retryAfter, null))));
    }

    public synchronized FakeModel then(Source<ModelEvent, NotUsed> answer) {
        script.add(answer);
        return this;
    }

    public synchronized List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    /** Calls that have not ended. */
    public int open() {
        return open.count();
    }

    public static Failure failure(FailureKind kind, boolean retryable) {
        return new Failure("it did not work", null, kind, "fake", retryable, null);
    }

    public static Part text(String piece) {
        return new Part.Text(piece);
    }

    private static List<Part> texts(String... pieces) {
        return List.of(pieces).stream().map(FakeModel::text).toList();
    }

    private static Source<ModelEvent, NotUsed> whole(List<Part> parts, FinishReason reason) {
        return streamed(parts).concat(Source.single(new ModelEvent.Finished(reason, USAGE)));
    }

    private static Source<ModelEvent, NotUsed> streamed(List<Part> parts) {
        return Source.from(parts).map(part -> new ModelEvent.Streamed(part));
    }
}
