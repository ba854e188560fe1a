/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-state.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeStream:
 *
 * The log stream of one container, behind an endpoint or in a job. Lines may carry times to come: readers see only
 * what has happened, so that nothing needs to run while a container "starts".
 */
typedef struct
{
  TrestlePracticeState *state;
  gint64 id; /* 0: the role may not write logs */
} TrestlePracticeStream;

/** trestle_practice_stream_open: @time: when it appears (µs); makes it where it is not there */
TrestlePracticeStream trestle_practice_stream_open (TrestlePracticeState *state,
                                                    const char *account,
                                                    const char *region,
                                                    const char *group,
                                                    const char *name,
                                                    gint64 time);

void
trestle_practice_stream_write (TrestlePracticeStream *stream, gint64 time, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** trestle_practice_container_start: the lines of a container that comes up between @from and @until */
void trestle_practice_container_start (TrestlePracticeStream *stream,
                                       const char *engine,
                                       const char *version,
                                       gint64 from,
                                       gint64 until,
                                       gboolean healthy);

/** trestle_practice_container_stop: what it says when it is told to go */
void trestle_practice_container_stop (TrestlePracticeStream *stream, gint64 time);

G_END_DECLS
