package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client for Java drives durable chats, as it is. */
class OfficialJavaClientIT {
    private static final String MODEL = "chat/simulated/default";
    private static final String PROMPT = "hello words=12 rate=0";

    private static NodeProcess node;
    private static OpenAIClient client;

    @BeforeAll
    static void start(@TempDir Path data) {
        node = NodeProcess.up(data);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(node.address() + "/v1")
                .apiKey(OfficialClientsIT.token(node.api()))
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @Test
    void completes() {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage(PROMPT)
                .build();
        ChatCompletion whole = client.chat().completions().create(params);
        String answer = whole.choices().get(0).message().content().orElseThrow();
        assertThat(answer.strip().split("\\s+")).hasSize(12);
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params)) {
            assertThat(chunks.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .collect(Collectors.joining()))
                    .isEqualTo(answer);
        }
    }

    @Test
    void runsTools() {
        var schema = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .build();
        var weather =
                FunctionDefinition.builder().name("weather").parameters(schema).build();
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addFunctionTool(weather)
                .addUserMessage("tool=weather words=5 rate=0");
        ChatCompletionMessage asking = message(params);
        ChatCompletionMessageFunctionToolCall call =
                asking.toolCalls().orElseThrow().get(0).asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        var result = ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .content("rain")
                .build();
        String answer =
                message(params.addMessage(asking).addMessage(result)).content().orElseThrow();
        assertThat(answer.strip().split("\\s+")).hasSize(5);
    }

    private static ChatCompletionMessage message(ChatCompletionCreateParams.Builder params) {
        return client.chat()
                .completions()
                .create(params.build())
                .choices()
                .get(0)
                .message();
    }

    @Test
    void getsResponses() {
        ResponseCreateParams params =
                ResponseCreateParams.builder().model(MODEL).input(PROMPT).build();
        String answer = text(client.responses().create(params));
        assertThat(answer.strip().split("\\s+")).hasSize(12);
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
            assertThat(events.stream()
                            .flatMap(event -> event.outputTextDelta().stream())
                            .map(delta -> delta.delta())
                            .collect(Collectors.joining()))
                    .isEqualTo(answer);
        }
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }
}
