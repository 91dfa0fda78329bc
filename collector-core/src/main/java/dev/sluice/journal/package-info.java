/**
 * The journal on disk: what a pipeline has acknowledged, in files of records, and how far each
 * exporter has come. {@code deploy} opens one for each pipeline that has storage; the pipeline sees
 * only {@link dev.sluice.pipeline.Journal}. No exporter, protocol or setting's name is known here.
 *
 * <p>{@code docs/journal.md} describes the files byte by byte, and what is done about damage.
 */
@NullMarked
package dev.sluice.journal;

import org.jspecify.annotations.NullMarked;
