package dev.baton.gateway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalClusterOptionsTest {

    @Test
    void portsFollowTheFirst() {
        assertThat(options(3, 8081).port(1)).isEqualTo(8081);
        assertThat(options(3, 8081).port(3)).isEqualTo(8083);
        assertThat(options(3, 0).port(3)).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> options(0, 8081)).hasMessageContaining("1 to 9 nodes, not 0");
        assertThatThrownBy(() -> options(3, 65_534)).hasMessageContaining("65534");
        assertThatThrownBy(() -> options(3, -1)).hasMessageContaining("-1");
    }

    private static LocalClusterOptions options(int nodes, int port) {
        return new LocalClusterOptions(nodes, port, Path.of("data"), number -> List.of(), List.of());
    }
}
