package dev.baton.gateway.node;

import dev.baton.gateway.bridge.ModelCatalog;
import dev.baton.gateway.bridge.Route;
import dev.baton.gateway.http.Models;
import java.util.List;
import java.util.function.Supplier;

/** The bridge's models, as the API names them. */
record CatalogModels(Supplier<ModelCatalog> catalogs) implements Models {

    @Override
    public Model defaultModel() {
        return model(catalogs.get().defaultModel());
    }

    @Override
    public List<Model> all() {
        return catalogs.get().models().stream().map(CatalogModels::model).toList();
    }

    @Override
    public Model named(String name) {
        ModelCatalog.Resolution resolution = catalogs.get().resolve(name);
        if (resolution instanceof ModelCatalog.Resolved resolved) {
            return model(resolved.model());
        }
        throw Models.unknown(((ModelCatalog.Unresolved) resolution).reason());
    }

    private static Model model(Route route) {
        return new Model(route.name(), route.first().provider(), route.first().model(), route.context());
    }
}
