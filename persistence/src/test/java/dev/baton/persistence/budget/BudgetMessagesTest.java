package dev.baton.persistence.budget;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.baton.persistence.journal.CborSerializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create("BudgetMessagesTest");
    private static final UUID CALL = new UUID(0, 1);
    private static final Amount AMOUNT = new Amount(new BigDecimal("0.000305"), 12);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesCrossNodes(CborSerializable message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }

    static Stream<CborSerializable> messages() {
        TestProbe<Account.Reply> replyTo = KIT.createTestProbe();
        TestProbe<Account.View> viewer = KIT.createTestProbe();
        return Stream.of(
                new Account.Reserve(CALL, AMOUNT, new Limit(BigDecimal.TEN, 5L), "2026-03", AMOUNT, replyTo.ref()),
                new Account.Reserve(CALL, AMOUNT, new Limit(null, null), "total", null, replyTo.ref()),
                new Account.Settle(CALL, AMOUNT),
                new Account.Look(viewer.ref()),
                new Account.Close(),
                new Account.Granted(),
                new Account.Denied(AMOUNT, AMOUNT),
                new Account.NotOpen(),
                new Account.View("total", AMOUNT, AMOUNT));
    }

    @Test
    void readsEveryStoredSample() {
        reads("account-opened/1", new AccountEvent.Opened("2026-03", AMOUNT), """
                {"window":"2026-03","spent":{"cost":0.000305,"tokens":12}}""");
        reads(
                "account-changed/1",
                new AccountEvent.Changed(
                        List.of(new AccountEvent.Reserved(CALL, AMOUNT)),
                        List.of(new AccountEvent.Settled(CALL, AMOUNT))),
                """
                {"reserved":[{"call":"00000000-0000-0000-0000-000000000001","up_to":{"cost":0.000305,"tokens":12}}],\
                "settled":[{"call":"00000000-0000-0000-0000-000000000001","spent":{"cost":0.000305,"tokens":12}}]}""");
        reads("account-closed/1", new AccountEvent.Closed("total"), "{\"window\":\"total\"}");
        reads(
                "account-state/1",
                new AccountState("total", AMOUNT, List.of(new AccountState.Held(CALL, "total", AMOUNT))),
                """
                {"window":"total","spent":{"cost":0.000305,"tokens":12},\
                "held":[{"call":"00000000-0000-0000-0000-000000000001","window":"total","up_to":{"cost":0.000305,"tokens":12}}]}""");
    }

    private static void reads(String manifest, Object value, String json) {
        var serializer = new AccountSerializer();
        assertThat(serializer.manifest(value)).isEqualTo(manifest);
        assertThat(new String(serializer.toBinary(value), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(serializer.fromBinary(json.getBytes(StandardCharsets.UTF_8), manifest))
                .isEqualTo(value);
    }
}
