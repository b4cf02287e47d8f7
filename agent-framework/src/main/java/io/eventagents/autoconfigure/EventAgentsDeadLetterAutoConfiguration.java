package io.eventagents.autoconfigure;

import io.eventagents.deadletter.http.DeadLetterHttpConfiguration;
import io.eventagents.outbox.http.ParkedHttpConfiguration;
import jakarta.servlet.Servlet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Dead letters and parked records of the outbox over HTTP, in every application that serves HTTP;
 * {@code event-agents.dead-letters.http=false} leaves it out.
 */
@AutoConfiguration(
    after = {EventAgentsAutoConfiguration.class, EventAgentsDatabaseAutoConfiguration.class})
@ConditionalOnClass({Servlet.class, DispatcherServlet.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(
    prefix = "event-agents.dead-letters",
    name = "http",
    havingValue = "true",
    matchIfMissing = true)
@Import({ParkedHttpConfiguration.class, DeadLetterHttpConfiguration.class})
public final class EventAgentsDeadLetterAutoConfiguration {}
