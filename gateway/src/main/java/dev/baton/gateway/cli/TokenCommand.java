package dev.baton.gateway.cli;

import picocli.CommandLine.Command;

/** Makes, lists and revokes the tokens with which clients say who they are. */
@Command(
        name = "token",
        description = "Make, list and revoke API tokens. For operators.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
