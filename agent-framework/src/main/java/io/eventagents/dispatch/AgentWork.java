package io.eventagents.dispatch;

import io.eventagents.observation.AgentStatus;
import java.util.concurrent.Executor;

/**
 * What handling an agent's events takes, whatever effects it has.
 *
 * @param call calls the agent
 * @param failedAttempts decides what follows a failed attempt
 * @param status counts what became of events
 * @param workers work on keys side by side
 */
record AgentWork(
    AgentCall call, FailedAttempts failedAttempts, AgentStatus status, Executor workers) {}
