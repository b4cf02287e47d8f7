/** Tasks over HTTP: what is read, what is answered, and answers to repeated commands. */
@NullMarked
package io.eventagents.orchestrator.http;

import org.jspecify.annotations.NullMarked;
