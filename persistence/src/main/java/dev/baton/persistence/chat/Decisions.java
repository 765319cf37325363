package dev.baton.persistence.chat;

/** Hands each command to those who decide it. */
record Decisions(ClientDecisions client, RunnerDecisions runner) implements ChatCommand.Handlers {

    @Override
    public void on(ChatCommand.Create command) {
        client.create(command);
    }

    @Override
    public void on(ChatCommand.SendMessage command) {
        client.send(command);
    }

    @Override
    public void on(ChatCommand.EditMessage command) {
        client.edit(command);
    }

    @Override
    public void on(ChatCommand.DeleteQueued command) {
        client.deleteQueued(command);
    }

    @Override
    public void on(ChatCommand.PromoteQueued command) {
        client.promoteQueued(command);
    }

    @Override
    public void on(ChatCommand.Interrupt command) {
        client.interrupt();
    }

    @Override
    public void on(ChatCommand.CompleteAction command) {
        client.completeAction(command);
    }

    @Override
    public void on(ChatCommand.Compact command) {
        client.compact();
    }

    @Override
    public void on(ChatCommand.Clear command) {
        client.clear();
    }

    @Override
    public void on(ChatCommand.Archive command) {
        client.archive();
    }

    @Override
    public void on(ChatCommand.Unarchive command) {
        client.unarchive();
    }

    @Override
    public void on(ChatCommand.UpdateDetails command) {
        client.updateDetails(command);
    }

    @Override
    public void on(ChatCommand.Reconcile command) {
        client.reconcile();
    }

    @Override
    public void on(ChatCommand.AssignRunner command) {
        runner.assign();
    }

    @Override
    public void on(ChatCommand.ReleaseRunner command) {
        runner.release();
    }

    @Override
    public void on(ChatCommand.HandOver command) {
        runner.handOver(command);
    }

    @Override
    public void on(ChatCommand.StartAttempt command) {
        runner.startAttempt(command);
    }

    @Override
    public void on(ChatCommand.ScheduleRetry command) {
        runner.scheduleRetry(command);
    }

    @Override
    public void on(ChatCommand.CommitStep command) {
        runner.commitStep(command);
    }

    @Override
    public void on(ChatCommand.RequireAction command) {
        runner.requireAction(command);
    }

    @Override
    public void on(ChatCommand.FinishInterruption command) {
        runner.finishInterruption(command);
    }

    @Override
    public void on(ChatCommand.FinishTurn command) {
        runner.finishTurn(command);
    }

    @Override
    public void on(ChatCommand.FailTurn command) {
        runner.failTurn(command);
    }

    @Override
    public void on(ChatCommand.CancelAction command) {
        runner.cancelAction();
    }
}
