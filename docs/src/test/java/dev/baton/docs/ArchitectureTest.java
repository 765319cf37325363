package dev.baton.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The rules that the modules' poms cannot express. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.baton");

    @Test
    void seesTheProduct() {
        assertThat(PRODUCT.size()).isGreaterThan(100);
    }

    @Test
    void theStateMachineIsPure() {
        classes()
                .that()
                .resideInAPackage("..persistence.chat..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "..persistence.chat..",
                        "java.lang..",
                        "java.util",
                        "java.util.function..",
                        "java.time",
                        "java.util.stream..",
                        "org.jspecify..")
                .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.baton.(*).(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void persistenceKnowsNobodyElse() {
        noClasses()
                .that()
                .resideInAPackage("..persistence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.baton.runner..", "dev.baton.gateway..", "akka.http..")
                .check(PRODUCT);
    }

    @Test
    void runnersKnowNeitherSqlNorHttp() {
        noClasses()
                .that()
                .resideInAPackage("..runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "akka.http..", "java.net.http..", "dev.baton.gateway..")
                .check(PRODUCT);
    }

    @Test
    void theGatewayLeavesSqlToPersistence() {
        noClasses()
                .that()
                .resideInAPackage("..gateway..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Connection.class)
                .check(PRODUCT);
    }

    @Test
    void theCommandIsAClientLikeAnyOther() {
        noClasses()
                .that()
                .resideInAPackage("..gateway.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.baton.persistence..",
                        "dev.baton.runner..",
                        "dev.baton.gateway.http..",
                        "dev.baton.gateway.stream..",
                        "dev.baton.gateway.bridge..",
                        "akka..")
                .check(PRODUCT);
    }

    @Test
    void nobodyReadsTheWallClockDirectly() {
        noClasses().should().callMethod(Instant.class, "now").check(PRODUCT);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(PRODUCT);
        noClasses()
                .that()
                .resideOutsideOfPackage("..gateway.node..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(PRODUCT);
    }

    @Test
    void nobodyNeedsTheBenchmarks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.baton.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.baton.bench..")
                .check(PRODUCT);
    }

    @Test
    void theClientKnowsNothingElseOfBaton() {
        classes()
                .that()
                .resideInAPackage("dev.baton.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.baton.client..", "java..", "javax.net.ssl", "com.fasterxml.jackson..", "org.jspecify..")
                .check(PRODUCT);
    }

    @Test
    void localClustersKnowNodesAsProcessesOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("..gateway.local..", "dev.baton.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.baton.persistence..",
                        "dev.baton.runner..",
                        "dev.baton.gateway.http..",
                        "dev.baton.gateway.stream..",
                        "dev.baton.gateway.bridge..",
                        "dev.baton.gateway.node..",
                        "akka..")
                .check(PRODUCT);
    }

    @Test
    void actorsNeverBlock() {
        noClasses()
                .that()
                .resideInAnyPackage("..runner..", "..persistence.journal..", "..gateway.stream..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(CompletableFuture.class, "join")
                .orShould()
                .callMethod(CompletableFuture.class, "get")
                .orShould()
                .callMethod(Future.class, "get")
                .orShould()
                .callMethod(CompletionStage.class, "toCompletableFuture")
                .check(PRODUCT);
    }

    @Test
    void protocolsAreSealed() {
        classes()
                .that()
                .areInterfaces()
                .and()
                .haveSimpleName("Command")
                .should(be(sealed()))
                .check(PRODUCT);
    }

    @Test
    void stateIsNeverStaticAndMutable() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaClass> sealed() {
        return DescribedPredicate.describe("sealed", type -> type.reflect().isSealed());
    }

    private static ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> predicate) {
        return ArchConditions.have(predicate);
    }
}
