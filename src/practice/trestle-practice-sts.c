/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-context.h"

static gboolean
get_caller_identity (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  put_text (out, "UserId", ctx->account->user_id);
  put_text (out, "Account", ctx->account->number);
  put_text (out, "Arn", ctx->account->arn);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_sts_routes[] = {
  { "sts", "GetCallerIdentity", get_caller_identity },
  { NULL },
};
