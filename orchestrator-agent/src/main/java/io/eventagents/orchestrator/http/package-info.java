/** Tasks over HTTP: requests, answers, and answers to repeated commands. */
@NullMarked
package io.eventagents.orchestrator.http;

import org.jspecify.annotations.NullMarked;
