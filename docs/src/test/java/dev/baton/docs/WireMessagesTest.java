package dev.baton.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.baton.persistence.journal.CborSerializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever nodes tell each other has a sample that is serialized and read again: in a class of its module that is called
 * {@code ...MessagesTest} and does that to all the messages it makes.
 */
class WireMessagesTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.baton");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .importPaths(Stream.of("persistence", "runner", "gateway")
                    .map(module -> Path.of("..", module, "target", "test-classes"))
                    .toList());

    @Test
    void everyMessageThatCrossesNodesHasASample() {
        Set<String> messages = new TreeSet<>();
        for (JavaClass type : PRODUCT) {
            // What is not public an actor says to itself.
            if (type.isAssignableTo(CborSerializable.class)
                    && type.getModifiers().contains(JavaModifier.PUBLIC)
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                messages.add(type.getName());
            }
        }
        assertThat(messages).hasSizeGreaterThan(10);
        assertThat(samples()).containsAll(messages);
    }

    private static Set<String> samples() {
        Set<String> made = new TreeSet<>();
        for (JavaClass test : TESTS) {
            if (test.getSimpleName().endsWith("MessagesTest")) {
                List.of(test.getConstructorCallsFromSelf(), test.getConstructorReferencesFromSelf())
                        .forEach(accesses -> accesses.forEach(
                                access -> made.add(access.getTargetOwner().getName())));
            }
        }
        return made;
    }
}
