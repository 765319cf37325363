package dev.baton.gateway.bridge;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model without network: says {@link SimulatedText} word by word at a set pace, and goes on exactly from a beginning of
 * it. It keeps nothing between calls.
 */
final class SimulatedProvider implements Provider {
    private static final Pattern WORD = Pattern.compile("\\S+\\s*|\\s+");
    private final ProviderFailures failures;

    SimulatedProvider(String name) {
        this.failures = new ProviderFailures(name, List.of());
    }

    @Override
    public Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call) {
        return events(call.request()).watchTermination((started, gone) -> gone);
    }

    private Source<ModelEvent, NotUsed> events(ModelRequest request) {
        List<Message> said = SimulatedText.withoutPrefix(request.history());
        SimulatedWishes wishes = SimulatedWishes.of(said);
        if (wishes.fail().isPresent()) {
            return Source.failed(failures.ofStatus(
                    wishes.fail().getAsInt(), "fail=" + wishes.fail().getAsInt(), null));
        }
        List<String> tools = toolsToCall(wishes, request.tools(), said);
        return tools.isEmpty() ? answer(request, wishes) : toolCalls(tools, request, said);
    }

    private static Source<ModelEvent, NotUsed> answer(ModelRequest request, SimulatedWishes wishes) {
        String all = SimulatedText.of(request.history());
        String whole = upTo(wishes.limit(), all);
        var reason = whole.equals(all) ? ModelEvent.FinishReason.STOP : ModelEvent.FinishReason.LENGTH;
        String prefix = SimulatedText.prefixOf(request.history()) + SimulatedWishes.textOf(request.said());
        String rest = whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
        Source<ModelEvent, NotUsed> words = Source.from(
                        WORD.matcher(rest).results().map(MatchResult::group).toList())
                .map(word -> new ModelEvent.Streamed(new Part.Text(word)));
        Source<ModelEvent, NotUsed> paced =
                wishes.rate() == 0 ? words : words.throttle(wishes.rate(), Duration.ofSeconds(1));
        ModelEvent read = new ModelEvent.Used(new Usage(wordsRead(request), 0, 0, 0));
        return Source.single(read)
                .concat(paced)
                .concat(Source.single(finished(reason, request, SimulatedText.wordsIn(rest))));
    }

    private static String upTo(OptionalInt limit, String text) {
        return limit.isEmpty()
                ? text
                : WORD.matcher(text)
                        .results()
                        .limit(limit.getAsInt())
                        .map(MatchResult::group)
                        .collect(Collectors.joining());
    }

    private static Source<ModelEvent, NotUsed> toolCalls(List<String> tools, ModelRequest request, List<Message> said) {
        String id = "call_" + Long.toHexString(SimulatedText.fingerprint(said));
        var events = new ArrayList<ModelEvent>();
        for (String tool : tools) {
            events.add(new ModelEvent.Streamed(new Part.ToolCall(id + "_" + events.size(), tool, "{}")));
        }
        events.add(finished(ModelEvent.FinishReason.TOOL_CALLS, request, tools.size()));
        return Source.from(events);
    }

    private static List<String> toolsToCall(SimulatedWishes wishes, List<ClientTool> offered, List<Message> said) {
        if (hasResultInThisTurn(said)) {
            return List.of();
        }
        List<String> names = offered.stream().map(ClientTool::name).toList();
        return wishes.tools().stream().filter(names::contains).toList();
    }

    private static boolean hasResultInThisTurn(List<Message> said) {
        for (int i = said.size() - 1; i >= 0 && said.get(i).role() != Role.USER; i--) {
            if (said.get(i).content().stream().anyMatch(Part.ToolResult.class::isInstance)) {
                return true;
            }
        }
        return false;
    }

    private static ModelEvent finished(ModelEvent.FinishReason reason, ModelRequest request, int wordsSaid) {
        return new ModelEvent.Finished(reason, new Usage(wordsRead(request), wordsSaid, 0, 0));
    }

    /** What was said before is read again, and paid again. */
    private static int wordsRead(ModelRequest request) {
        int history = request.history().stream()
                .mapToInt(message -> SimulatedText.wordsIn(SimulatedWishes.textOf(message)))
                .sum();
        return history + SimulatedText.wordsIn(SimulatedWishes.textOf(request.said()));
    }
}
