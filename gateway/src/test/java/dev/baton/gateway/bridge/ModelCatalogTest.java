package dev.baton.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    @Test
    void findsAModelByItsFullName() {
        assertThat(found(catalog(openai("a", true, "m"), openai("b", true, "m")), "b/m"))
                .isEqualTo("b/m");
    }

    @Test
    void findsAModelByItsBareNameWhenOnlyOneProviderHasIt() {
        assertThat(found(catalog(openai("a", true, "m"), openai("b", true, "n")), "n"))
                .isEqualTo("b/n");
    }

    @Test
    void asksWhichWhenSeveralHaveIt() {
        assertThat(catalog(openai("a", true, "m"), openai("b", true, "m")).resolve("m"))
                .isEqualTo(
                        new ModelCatalog.Unresolved("more than one provider has a model named m; say which: a/m, b/m"));
    }

    @Test
    void knowsNothingOfAModelThatIsNotListed() {
        var catalog = catalog(openai("a", true, "m"));
        for (String name : List.of("n", "a/n", "a/", "/m", "", " ")) {
            assertThat(catalog.resolve(name)).isInstanceOf(ModelCatalog.Unresolved.class);
        }
    }

    @Test
    void takesSlashesInModelNames() {
        var catalog = catalog(openai("openai", true, "gpt"), openai("router", true, "openai/big", "x/y"));
        assertThat(found(catalog, "openai/big")).isEqualTo("router/openai/big");
        assertThat(found(catalog, "router/x/y")).isEqualTo("router/x/y");
    }

    @Test
    void givesAnyNameToTheOneProviderThatTakesAny() {
        var catalog = catalog(openai("open", true), openai("listed", true, "m"));
        assertThat(found(catalog, "new-model")).isEqualTo("open/new-model");
        assertThat(found(catalog, "open/new/model")).isEqualTo("open/new/model");
        assertThat(found(catalog, "m")).isEqualTo("listed/m");
    }

    @Test
    void prefersAnEnabledProvider() {
        assertThat(found(catalog(openai("a", false, "m"), openai("b", true, "m")), "m"))
                .isEqualTo("b/m");
        assertThat(found(catalog(openai("a", false, "m")), "m")).isEqualTo("a/m");
    }

    @Test
    void hasOneSimulatedModel() {
        var simulated = new ProviderSettings("sim", ProviderType.SIMULATED, true, null, List.of(), Map.of());
        var catalog = catalog(simulated, openai("a", false, "hidden"), openai("b", true, "z", "y"));
        assertThat(found(catalog, "default")).isEqualTo("sim/default");
        assertThat(catalog.resolve("sim/other")).isInstanceOf(ModelCatalog.Unresolved.class);
        assertThat(catalog.models()).extracting(Route::name).containsExactly("b/y", "b/z", "sim/default");
    }

    @Test
    void findsTheTargetsOfAModelOfItsOwnInTheirOrder() {
        var catalog = catalog(openai("a", true, "m"), openai("b", true, "m"));
        assertThat(catalog.resolve("smart").route().orElseThrow().targets())
                .extracting(ModelTarget::name)
                .containsExactly("b/m", "a/m");
        assertThat(catalog.resolve("m2")).isInstanceOf(ModelCatalog.Unresolved.class);
        assertThat(catalog.models()).extracting(Route::name).containsExactly("smart", "a/m", "b/m");
    }

    private static String found(ModelCatalog catalog, String name) {
        return catalog.resolve(name).route().orElseThrow().name();
    }

    private static ModelCatalog catalog(ProviderSettings... providers) {
        return new ModelCatalog(
                Arrays.stream(providers)
                        .collect(Collectors.toMap(
                                ProviderSettings::name, Function.identity(), (a, b) -> a, java.util.TreeMap::new)),
                Map.of("smart", List.of("b/m", "a/m"), "m2", List.of("nobody/m")),
                "m");
    }

    private static ProviderSettings openai(String name, boolean enabled, String... models) {
        return new ProviderSettings(
                name,
                ProviderType.OPENAI,
                enabled,
                URI.create("http://127.0.0.1:1/v1"),
                List.of(),
                Arrays.stream(models).collect(Collectors.toMap(model -> model, model -> ModelSettings.UNKNOWN)));
    }
}
