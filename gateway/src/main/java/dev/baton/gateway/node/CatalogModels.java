package dev.baton.gateway.node;

import dev.baton.gateway.bridge.ModelCatalog;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.gateway.http.Models;
import java.util.List;

/** The bridge's models, as the API names them. */
record CatalogModels(ModelCatalog catalog) implements Models {

    @Override
    public Model defaultModel() {
        return model(catalog.defaultModel());
    }

    @Override
    public List<Model> all() {
        return catalog.models().stream().map(CatalogModels::model).toList();
    }

    @Override
    public Model named(String name) {
        ModelCatalog.Resolution resolution = catalog.resolve(name);
        if (resolution instanceof ModelCatalog.Resolved resolved) {
            return model(resolved.model());
        }
        throw Models.unknown(((ModelCatalog.Unresolved) resolution).reason());
    }

    private static Model model(ModelTarget target) {
        return new Model(
                target.name(),
                target.provider(),
                target.model(),
                target.settings().context());
    }
}
