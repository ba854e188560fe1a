/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-container.h"

#include <stdarg.h>

#include "base/trestle-clock.h"

TrestlePracticeStream
trestle_practice_stream_open (TrestlePracticeState *state,
                              const char *account,
                              const char *region,
                              const char *group,
                              const char *name,
                              gint64 time)
{
  TrestlePracticeStream stream = { state, 0 };

  trestle_practice_run (state,
                        "INSERT OR IGNORE INTO streams (account, region, grp, name, created)"
                        " VALUES (?, ?, ?, ?, ?)",
                        "ssssi", account, region, group, name, time);
  stream.id = trestle_practice_get_int (state, 0,
                                        "SELECT id FROM streams WHERE account = ? AND region = ?"
                                        " AND grp = ? AND name = ?",
                                        "ssss", account, region, group, name);
  return stream;
}

void
trestle_practice_stream_write (TrestlePracticeStream *stream, gint64 time, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (stream->id == 0)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  trestle_practice_run (stream->state,
                        "INSERT INTO events (stream, time, message) VALUES (?, ?, ?)", "iis",
                        stream->id, time, text);
}

static void
write_stamped (TrestlePracticeStream *stream, gint64 time, const char *level, const char *text)
{
  g_autofree char *stamp = trestle_clock_format_iso (time);

  trestle_practice_stream_write (stream, time, "[%.10s %.8s] [%s] %s", stamp, stamp + 11, level,
                                 text);
}

/* The access line of the server in the container; the log's reader is used to its form. */
static void
write_ping (TrestlePracticeStream *stream, gint64 time, guint status)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / TRESTLE_SECOND);
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  trestle_practice_stream_write (
      stream, time,
      "169.254.178.2 - - [%02d/%s/%d:%02d:%02d:%02d +0000] \"GET /ping HTTP/1.1\" %u 0 \"-\""
      " \"AHC/2.0\"",
      g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
      g_date_time_get_year (date), g_date_time_get_hour (date), g_date_time_get_minute (date),
      g_date_time_get_second (date), status);
}

void
trestle_practice_container_start (TrestlePracticeStream *stream,
                                  const char *engine,
                                  const char *version,
                                  gint64 from,
                                  gint64 until,
                                  gboolean healthy)
{
  gint64 step = (until - from) / 10;
  g_autofree char *hello = g_strdup_printf ("Starting %s %s", engine, version);
  g_autofree char *loaded = g_strdup_printf ("Model loaded from /opt/ml/model in %.2f s",
                                             (double) (2 * step) / TRESTLE_SECOND);

  write_stamped (stream, from, "INFO", hello);
  write_stamped (stream, from + step, "INFO", "Listening at: http://0.0.0.0:8080");
  write_stamped (stream, from + 2 * step, "INFO", "Booting worker with pid: 12");
  if (!healthy)
    {
      write_stamped (stream, from + 3 * step, "ERROR", "Could not read /opt/ml/model/weights.bin");
      trestle_practice_stream_write (
          stream, from + 3 * step,
          "Traceback (most recent call last):\n  File \"/opt/program/serve.py\", line 41, in"
          " load_model\n    return Model.load (path)\nOSError: [Errno 5] Input/output error:"
          " '/opt/ml/model/weights.bin'");
      for (guint i = 4; i < 10; i++)
        write_ping (stream, from + i * step, 503);
      return;
    }
  write_stamped (stream, from + 3 * step, "INFO", "Loading model");
  write_stamped (stream, from + 5 * step, "INFO", loaded);
  for (guint i = 6; i < 10; i++)
    write_ping (stream, from + i * step, 200);
}

void
trestle_practice_container_stop (TrestlePracticeStream *stream, gint64 time)
{
  write_stamped (stream, time, "INFO", "Handling signal: term");
  write_stamped (stream, time, "INFO", "Shutting down");
}
