package dev.baton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {

    @Test
    void takesChunksApartWhereverTheyAreCut() throws IOException {
        byte[] bytes = bytes("5\r\nhello\r\n7;some=thing\r\n, world\r\n0\r\nTrailer: x\r\n\r\n");
        for (int cut = 0; cut <= bytes.length; cut++) {
            BodyDecoder decoder = BodyDecoder.chunked();
            assertThat(decoded(decoder, bytes, cut)).isEqualTo("hello, world");
            assertThat(decoder.isWhole()).isTrue();
        }
    }

    @Test
    void chunksWithoutTheLastAreNotWhole() throws IOException {
        BodyDecoder decoder = BodyDecoder.chunked();
        assertThat(decoded(decoder, bytes("5\r\nhello\r\n"), 4)).isEqualTo("hello");
        assertThat(decoder.isWhole()).isFalse();
        assertThat(decoder.mayEnd()).isFalse();
    }

    @Test
    void aLengthIsTheEnd() throws IOException {
        BodyDecoder decoder = BodyDecoder.ofLength(5);
        assertThat(decoded(decoder, bytes("hello and more"), 2)).isEqualTo("hello");
        assertThat(decoder.isWhole()).isTrue();
    }

    @Test
    void withoutALengthTheConnectionsEndIsTheEnd() throws IOException {
        BodyDecoder decoder = BodyDecoder.untilTheEnd();
        assertThat(decoded(decoder, bytes("hello"), 2)).isEqualTo("hello");
        assertThat(decoder.isWhole()).isFalse();
        assertThat(decoder.mayEnd()).isTrue();
    }

    @Test
    void whatIsNoChunkIsRefused() {
        assertThatThrownBy(() -> decoded(BodyDecoder.chunked(), bytes("hello"), 0))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decoded(BodyDecoder.chunked(), bytes("1\r\nab\r\n"), 0))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decoded(BodyDecoder.chunked(), bytes("f".repeat(16)), 0))
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decoded(BodyDecoder decoder, byte[] bytes, int cut) throws IOException {
        var all = new ByteArrayOutputStream();
        decoder.decode(bytes, 0, cut, all::write);
        decoder.decode(bytes, cut, bytes.length - cut, all::write);
        return all.toString(StandardCharsets.UTF_8);
    }
}
