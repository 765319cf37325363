package dev.baton.persistence.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Queue;
import dev.baton.persistence.chat.QueueId;
import dev.baton.persistence.chat.Usage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How Jackson writes the words of a chat. It stands here so that they need not know of Jackson. */
class ChatValuesModule extends SimpleModule {

    ChatValuesModule() {
        this("chat-values");
    }

    ChatValuesModule(String name) {
        super(name);
        asText(ChatId.class, ChatId::parse);
        asText(MessageId.class, MessageId::parse);
        asText(QueueId.class, QueueId::parse);
        asText(NodeId.class, text -> Optional.of(new NodeId(text)));
        setMixInAnnotation(Part.class, PartForm.class);
        setMixInAnnotation(Queue.class, QueueForm.class);
        setMixInAnnotation(Details.class, DetailsForm.class);
        setMixInAnnotation(Usage.class, UsageForm.class);
    }

    private <T> void asText(Class<T> type, Function<String, Optional<T>> parse) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new FromText<>(type, parse));
    }

    /** The names are in the journal, so they never change. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Part.Reasoning.class, name = "reasoning"),
        @JsonSubTypes.Type(value = Part.ToolCall.class, name = "tool_call"),
        @JsonSubTypes.Type(value = Part.ToolResult.class, name = "tool_result")
    })
    interface PartForm {}

    /** {@code isEmpty} is no field. */
    @JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
    interface QueueForm {}

    /** Sorted, so that the same labels always are the same text. */
    interface DetailsForm {
        @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
        Map<String, String> labels();
    }

    /** Most providers have no price of its own for writing to a cache. */
    interface UsageForm {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long cacheWriteTokens();
    }

    private static final class FromText<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, Optional<T>> parse;

        FromText(Class<T> type, Function<String, Optional<T>> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            Optional<T> value = parse.apply(text);
            if (value.isPresent()) {
                return value.get();
            }
            throw context.weirdStringException(text, handledType(), "not in its text form");
        }
    }
}
