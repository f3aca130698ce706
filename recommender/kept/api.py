"""A shopper takes consent back."""

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from recommender.kept.services import photo_forget
from tenants.auth import shop_of
from tenants.models import ApiKey
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem


class KeptPhotoView(APIView):
    allowed_kinds = (ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET)

    @extend_schema(
        operation_id="photo_forget",
        summary="Delete a shopper's photo that is kept with consent",
        tags=["search"],
        parameters=[*REPLY_HEADERS],
        responses={
            204: OpenApiResponse(description="The photo is deleted."),
            **problems("kept_photo_not_found"),
        },
    )
    def delete(self, request: Request, image_id: UUID) -> Response:
        """By its `query.image_id`, which nobody knows but who searched with it."""
        if not photo_forget(shop=shop_of(request), image_id=image_id):
            raise Problem("kept_photo_not_found")
        return Response(status=204)
