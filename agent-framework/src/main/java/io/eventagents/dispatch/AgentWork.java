package io.eventagents.dispatch;

import io.eventagents.observation.AgentStatus;
import java.util.concurrent.Executor;

/**
 * What it takes to handle an agent's events, whatever effects the agent has.
 *
 * @param call calls the agent
 * @param failedAttempts decides what follows a failed attempt
 * @param status counts what became of events
 * @param workers work on keys side by side
 */
record AgentWork(
    AgentCall call, FailedAttempts failedAttempts, AgentStatus status, Executor workers) {}
